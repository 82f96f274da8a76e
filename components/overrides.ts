import type * as pulumi from "@pulumi/pulumi";
import type { IstioSpecs } from "../istio/generated/specs.ts";
import { isMap } from "../lib/untrusted.ts";
import { apiVersionOf, isIstioKind, type IstioKind } from "../istio/kinds.ts";

/** A part of a spec: of a map some fields, of a list all items, or some by their positions. */
export type Part<T> = T extends readonly (infer Item)[]
  ? T | { readonly [position: number]: Part<Item> }
  : T extends object
    ? { readonly [Name in keyof T]?: Part<T[Name]> }
    : T;

/** By kind, what the spec of each object of it has instead, or a function that makes another spec of it. */
export type Overrides = {
  readonly [Kind in IstioKind]?: Part<IstioSpecs[Kind]> | ((spec: IstioSpecs[Kind]) => IstioSpecs[Kind]);
};

/**
 * Sets fields of Istio's objects that the arguments of a component do not have. The compiler holds them to the definitions of the
 * pinned Istio. Give it to any component in `transforms`; it reaches every object that the component makes.
 *
 * @example
 * new HostTraffic("reviews", args, {
 *   transforms: [overrides({ VirtualService: { http: { 0: { name: "primary" } } } })],
 * });
 * @see https://www.pulumi.com/docs/iac/concepts/options/transforms/
 */
export function overrides(changes: Overrides): pulumi.ResourceTransform {
  return ({ type, props, opts }) => {
    const kind = /:(\w+)$/.exec(type)?.[1] ?? "";
    if (!isIstioKind(kind) || type !== `kubernetes:${apiVersionOf(kind)}:${kind}`) return undefined;
    const change: unknown = changes[kind];
    if (change === undefined) return undefined;
    const { spec } = props as { readonly spec?: unknown };
    const changed = typeof change === "function" ? (change as (spec: unknown) => unknown)(spec) : merged(spec, change);
    return { props: { ...(props as object), spec: changed }, opts };
  };
}

/** The value with a part of it replaced. A map of positions reaches into a list; a list takes the place of another. */
function merged(value: unknown, part: unknown): unknown {
  if (!isMap(part)) return part;
  if (Array.isArray(value)) {
    const items = Array.from(value as readonly unknown[]);
    for (const [position, item] of Object.entries(part))
      items[Number(position)] = merged(items[Number(position)], item);
    return items;
  }
  const before = isMap(value) ? value : {};
  const after = Object.entries(part).map(([name, inner]) => [name, merged(before[name], inner)] as const);
  return { ...before, ...Object.fromEntries(after) };
}
