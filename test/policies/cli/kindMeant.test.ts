import { expect, it } from "vitest";
import { kindMeant } from "../../../policies/cli/kindMeant.ts";

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
])("%s %s is meant as %s, whose %s is wrong", (apiVersion, kind, meant, wrong) => {
  expect(kindMeant(apiVersion, kind)).toMatchObject({ kind: meant, wrong });
});

it.each([
  ["install.istio.io/v1alpha1", "IstioOperator"],
  ["sailoperator.io/v1", "Istio"],
  ["networking.istio.io/v1", "Deployment"],
  ["appmesh.k8s.aws/v1beta2", "VirtualService"],
  ["gateway.solo.io/v1", "VirtualService"],
  ["policy.linkerd.io/v1beta3", "HTTPRoute"],
  ["policy.linkerd.io/v1alpha1", "AuthorizationPolicy"],
  ["networking.x-k8s.io/v1alpha1", "Gateway"],
  ["gateway.networking.x-k8s.io/v1alpha1", "XListenerSet"],
  ["gateway.networking.x-k8s.io/v1alpha1", "XMesh"],
  ["gateway.networking.k8s.io/v1alpha2", "BackendLBPolicy"],
  ["gateway.networking.k8s.io/v1alpha2", "ReferencePolicy"],
  ["networking.k8s.io/v1", "Ingress"],
  ["networking.gke.io/v1", "Gateway"],
  ["gateway.envoyproxy.io/v1alpha1", "EnvoyProxy"],
  ["config.istio.io/v1alpha2", "rule"],
  ["example.com/v1", "Thing"],
])("%s %s is somebody else's", (apiVersion, kind) => {
  expect(kindMeant(apiVersion, kind)).toBeUndefined();
});
