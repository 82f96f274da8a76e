import * as k8s from "@pulumi/kubernetes";
import type { GatewayWorkload } from "../../components/istio/istio.ts";
import type { Mesh } from "../../components/mesh.ts";

/** A mesh for components that only need one to be there; its control plane is `test:ControlPlane istiod` to the recorder. */
export function mesh(): Mesh & { readonly ingressGateway: GatewayWorkload } {
  return {
    controlPlane: new k8s.apiextensions.CustomResource("istiod", { apiVersion: "test/v1", kind: "ControlPlane" }),
    proxyVersion: "1.31.1",
    ingressGateway: {
      namespace: "istio-ingress",
      service: "istio-ingressgateway",
      type: "LoadBalancer",
      selector: { istio: "ingressgateway" },
    },
  };
}

/** The mesh as others wait for it. */
export const CONTROL_PLANE = "kubernetes:test/v1:ControlPlane istiod";
