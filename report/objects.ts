// The resources of a stack as the mesh that they make.
import { kindOf } from "../istio/kinds.ts";
import type { World } from "../istio/routing/world.ts";
import { UNKNOWN } from "../policies/model/field.ts";
import { Mesh, MeshObject } from "../policies/model/mesh.ts";
import { readWorld } from "../policies/model/world.ts";

/** A resource, as the engine's state or the log of a preview has it. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** URN of the component that it belongs to. */
  readonly parent?: string | undefined;
  readonly inputs: unknown;
  /** When it was made, as RFC 3339 writes it. */
  readonly created?: string | undefined;
}

/** What the resources declare about where requests go. */
export function worldOf(resources: readonly Resource[]): World {
  const objects = resources.flatMap(({ type, name, urn, inputs, created }) => {
    const kind = kindOf(type);
    if (kind === undefined || inputs === undefined || inputs === null) return [];
    return [new MeshObject(kind, name, urn, withAge(known(inputs), created))];
  });
  return readWorld(new Mesh(objects, { open: true }));
}

function withAge(inputs: unknown, created: string | undefined): unknown {
  const { metadata } = inputs as { metadata?: object };
  if (created === undefined || typeof metadata !== "object") return inputs;
  return { ...(inputs as object), metadata: { creationTimestamp: created, ...metadata } };
}

/** What the engine writes in the place of a value that only the deployment will tell. */
export const TOLD_LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** By which the engine marks a value as a secret in its state. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Secrets are as unknown as what is told later: nothing of them may show. */
export function known(value: unknown): unknown {
  if (value === TOLD_LATER || value === "[secret]") return UNKNOWN;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, known(each)]));
}
