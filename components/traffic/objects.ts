import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { IstioSpecs } from "../../istio/generated/specs.ts";
import { apiVersionOf, type IstioKind } from "../../istio/kinds.ts";
import type { Inputs } from "../inputs.ts";
import { owned } from "../ownership.ts";

/** An object of Istio's, as the components declare them. */
export interface IstioObject<Kind extends IstioKind> {
  /** Name of the object, and of the resource: what a preview shows is what `kubectl get` finds. */
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  /**
   * Name of the resource, where it is another.
   * @default - `name`
   */
  readonly resource?: string;
  readonly spec: Inputs<IstioSpecs[Kind]>;
  /**
   * Whether another field manager may keep its changes.
   * @default false
   */
  readonly shared?: boolean;
  /** @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
}

export function istioObject<Kind extends IstioKind>(
  kind: Kind,
  { name, namespace, resource = name, spec, shared = false, annotations = {} }: IstioObject<Kind>,
  options: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const notes = { ...(!shared && owned), ...annotations };
  return new k8s.apiextensions.CustomResource(
    resource,
    {
      apiVersion: apiVersionOf(kind),
      kind,
      metadata: { name, namespace, ...(Object.keys(notes).length > 0 && { annotations: notes }) },
      spec,
    },
    options,
  );
}
