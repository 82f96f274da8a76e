import { expect, it } from "vitest";
import { kindMeant, kindOf } from "../../../policies/model/kindMeant.ts";

it.each([
  ["networking.istio.io/v1", "virtualservice", "VirtualService", "kind"],
  ["networking.istio.io/v1", "Virtualservice", "VirtualService", "kind"],
  ["networking.istio.io/v1", "VirtualServices", "VirtualService", "kind"],
  ["security.istio.io/v1", "PeerAuthorization", "PeerAuthentication", "kind"],
  ["gateway.networking.k8s.io/v1", "HttpRoute", "HTTPRoute", "kind"],
  ["gateway.networking.k8s.io/v1", "gateway", "K8sGateway", "kind"],
  ["security.istio.io/v1", "VirtualService", "VirtualService", "apiVersion"],
  ["networking.istio.io/v1", "HTTPRoute", "HTTPRoute", "apiVersion"],
  ["networking.istio.com/v1", "Gateway", "Gateway", "apiVersion"],
  ["network.istio.io/v1", "VirtualService", "VirtualService", "apiVersion"],
  ["networking.istio.io", "VirtualService", "VirtualService", "apiVersion"],
  ["v1", "VirtualService", "VirtualService", "apiVersion"],
  ["apps/v1", "VirtualService", "VirtualService", "apiVersion"],
  ["networking.k8s.io/v1", "VirtualService", "VirtualService", "apiVersion"],
  ["istio.io/v1", "VirtualService", "VirtualService", "apiVersion"],
  ["networking.istio.io/v1", "Deployment", "Deployment", "apiVersion"],
  ["networking.istio.io/v1", "VirtualService ", "VirtualService", "kind"],
  ["v1", "Deployment", "Deployment", "apiVersion"],
  ["extensions/v1beta1", "Ingress", "Ingress", "apiVersion"],
  ["v1", "service", "Service", "kind"],
  ["apps/v1", "deployment", "Deployment", "kind"],
])("%s %s is meant as %s, whose %s is wrong", (apiVersion, kind, meant, wrong) => {
  expect(kindMeant(apiVersion, kind)).toMatchObject({ kind: meant, wrong });
});

it.each([
  ["install.istio.io/v1alpha1", "IstioOperator"],
  ["sailoperator.io/v1", "Istio"],
  ["appmesh.k8s.aws/v1beta2", "VirtualService"],
  ["gateway.solo.io/v1", "VirtualService"],
  ["policy.linkerd.io/v1beta3", "HTTPRoute"],
  ["policy.linkerd.io/v1alpha1", "AuthorizationPolicy"],
  ["networking.x-k8s.io/v1alpha1", "Gateway"],
  ["gateway.networking.x-k8s.io/v1alpha1", "XListenerSet"],
  ["gateway.networking.x-k8s.io/v1alpha1", "XMesh"],
  ["gateway.networking.k8s.io/v1alpha2", "BackendLBPolicy"],
  ["gateway.networking.k8s.io/v1alpha2", "ReferencePolicy"],
  ["networking.k8s.io/v1", "IPAddress"],
  ["v1", "Event"],
  ["apps/v1", "ControllerRevision"],
  ["serving.knative.dev/v1", "Service"],
  ["networking.internal.knative.dev/v1alpha1", "Ingress"],
  ["config.openshift.io/v1", "Ingress"],
  ["networking.gke.io/v1", "Gateway"],
  ["gateway.envoyproxy.io/v1alpha1", "EnvoyProxy"],
  ["config.istio.io/v1alpha2", "rule"],
  ["example.com/v1", "Thing"],
])("%s %s is somebody else's", (apiVersion, kind) => {
  expect(kindMeant(apiVersion, kind)).toBeUndefined();
});

it.each([
  ["kubernetes:networking.istio.io/v1:Virtualservice", "VirtualService"],
  ["kubernetes:security.istio.io/v1:VirtualService", "VirtualService"],
  ["kubernetes:extensions/v1beta1:Deployment", "Deployment"],
  ["kubernetes:core/v1:Service", "Service"],
  ["kubernetes:networking.istio.io/v1:DestinationRulePatch", undefined],
  ["kubernetes:core/v1:ServiceList", undefined],
  ["kubernetes:example.com/v1:Thing", undefined],
  ["random:index:Service", undefined],
])("the type %s is meant as %s", (type, kind) => {
  expect(kindOf(type)).toBe(kind);
});
