// Parts that the specs of Istio's kinds share, such as a TLS setting or a selector: each gets a name and is written once.
import type { FieldsShape, Shape } from "../../istio/shape.ts";
import type { Definition } from "./crds.ts";

/** Parts that stand under several names, by their fields. */
const NAMES: Readonly<Record<string, string>> = {
  "exact prefix regex": "stringMatch",
  "host port subset": "destination",
  number: "portSelector",
  matchLabels: "podSelector",
  labels: "workloadSelector",
  "group kind name namespace": "targetReference",
  "request response": "headerOperations",
  "add remove set": "headerChanges",
  "destination weight": "weightedDestination",
  "defaultValue name": "tagSource",
};

/** What makes two shapes the same. */
export const keyOf = (shape: Shape): string =>
  JSON.stringify(shape, (_, value: unknown) => (value instanceof RegExp ? String(value) : value));

/** A shape with fields that several others have, by its name in small letters. */
export interface SharedShape {
  readonly name: string;
  readonly shape: FieldsShape;
}

/** The shared shapes, each after those that it is made of. */
export function sharedShapes(definitions: readonly Definition[]): SharedShape[] {
  const places = new Map<string, { readonly shape: FieldsShape; readonly paths: (readonly string[])[] }>();
  const visit = (shape: Shape, path: readonly string[]): void => {
    if (shape.is === "list" || shape.is === "map") visit(shape.of, path);
    if (shape.is !== "fields") return;
    const known = places.get(keyOf(shape));
    if (known) {
      known.paths.push(path);
      return;
    }
    for (const [name, field] of Object.entries(shape.fields)) visit(field, [...path, name]);
    places.set(keyOf(shape), { shape, paths: [path] });
  };
  for (const { kind, spec } of definitions) visit(spec, [kind]);

  const taken = new Set<string>(definitions.map(({ kind }) => lowerFirst(kind)));
  return [...places.values()]
    .filter(({ paths }) => paths.length > 1)
    .map(({ shape, paths: [path = []] }) => {
      const known = NAMES[Object.keys(shape.fields).sort().join(" ")];
      const names = path.map((_, index) =>
        path
          .slice(-1 - index)
          .map(upperFirst)
          .join(""),
      );
      const name = [known, ...names.map(lowerFirst)].find((each) => each !== undefined && !taken.has(each));
      if (name === undefined) throw new Error(`no name is left for what stands at ${path.join(".")}`);
      taken.add(name);
      return { name, shape };
    });
}

export const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
