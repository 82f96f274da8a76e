import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { owned } from "../ownership.ts";

/** An object of Istio's, as the components of this folder declare them. */
export interface IstioObject {
  /** Name of the resource and of the object: what a preview shows is what `kubectl get` finds. */
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly spec: object;
  /**
   * Whether another field manager may keep its changes.
   * @default false
   */
  readonly shared?: boolean;
}

const GROUPS = {
  DestinationRule: "networking.istio.io/v1",
  VirtualService: "networking.istio.io/v1",
  Gateway: "networking.istio.io/v1",
  ServiceEntry: "networking.istio.io/v1",
  WorkloadEntry: "networking.istio.io/v1",
  // There is no v1 of it: its content is Envoy's, which does not keep still.
  EnvoyFilter: "networking.istio.io/v1alpha3",
  PeerAuthentication: "security.istio.io/v1",
  RequestAuthentication: "security.istio.io/v1",
  AuthorizationPolicy: "security.istio.io/v1",
  Telemetry: "telemetry.istio.io/v1",
} as const;

export function istioObject(
  kind: keyof typeof GROUPS,
  { name, namespace, spec, shared = false }: IstioObject,
  options: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: GROUPS[kind],
      kind,
      metadata: { name, namespace, ...(!shared && { annotations: owned }) },
      spec,
    },
    options,
  );
}
