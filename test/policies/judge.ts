import { unknownCheckingProxy } from "@pulumi/policy";
import { kindOf, MeshObject } from "../../policies/model/mesh.ts";
import { plain } from "../../policies/engine/plain.ts";

declare module "@pulumi/policy/proxy.js" {
  function unknownCheckingProxy<T extends object>(props: T): T;
}

/** What the engine's protocol sends for a value that is not known yet. */
export const unknown = {
  text: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
} as const;

/** A Kubernetes object as a program declares it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: unknown;
  readonly spec?: unknown;
}

/** Pulumi's type token of a Kubernetes object. */
export function tokenOf({ apiVersion, kind }: Pick<Manifest, "apiVersion" | "kind">): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** Reads an object as a policy does. @throws if no rule looks at objects of this type */
export function meshObject(type: string, name: string, props: object, urn = `urn:${name}`): MeshObject {
  const kind = kindOf(type);
  if (kind === undefined) throw new Error(`no rule looks at ${type}`);
  return new MeshObject(kind, name, urn, plain(unknownCheckingProxy(props)));
}
