import type { MeshObject } from "../../../model/mesh.ts";
import type { ObjectRule } from "../../../engine/rule.ts";
import { mismatches, type Mismatch } from "../../../schema/mismatches.ts";
import { fields, type FieldsShape } from "../../../schema/shape.ts";
import { SHAPES, WITH_SPEC } from "../../../schema/shapes.ts";
import { at, rejected } from "../../../values/verdicts.ts";

type ShapedKind = keyof typeof SHAPES;

export const ISTIO_KINDS = Object.keys(SHAPES) as ShapedKind[];

/** A rule about one of the ways in which objects do not fit the schemas of their kinds. */
export function fitting(
  topic: Mismatch["topic"],
  rule: Pick<ObjectRule, "id" | "title" | "remediation"> & { rationale?: string },
) {
  return rejected({
    kinds: ISTIO_KINDS,
    ...rule,
    *check(object) {
      for (const { field, topic: found, message } of allMismatches(object)) {
        if (found === topic) yield at(field, message);
      }
    },
  });
}

const BESIDE_SPEC = new Set(["apiVersion", "kind", "metadata", "spec", "status"]);

/** The rules on shapes ask for the same in turn. */
const known = new WeakMap<MeshObject, readonly Mismatch[]>();

function allMismatches(object: MeshObject): readonly Mismatch[] {
  const found = known.get(object) ?? [...findMismatches(object)];
  known.set(object, found);
  return found;
}

function* findMismatches({ kind, root, spec }: MeshObject): Generator<Mismatch> {
  const shape = (SHAPES as Readonly<Partial<Record<string, FieldsShape>>>)[kind] ?? fields({});
  for (const [name, field] of root.entries()) {
    // Names with two underscores are notes of Pulumi's own.
    if (BESIDE_SPEC.has(name) || name.startsWith("__")) continue;
    yield { field, topic: "name", message: "move it into spec: the API server drops it here without a word" };
  }
  if (!spec.isAbsent()) yield* mismatches(spec, shape);
  else if ((WITH_SPEC as readonly string[]).includes(kind))
    yield { field: spec, topic: "type", message: "add it: an object of this kind needs one" };
}
