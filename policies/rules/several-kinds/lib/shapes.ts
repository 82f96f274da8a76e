import { istioKinds } from "../../../../istio/generated/kinds.ts";
import { istioShapes } from "../../../../istio/generated/shapes.ts";
import { gatewayApiDefinition } from "../../../../istio/gatewayApi.ts";
import { gatewayApiKinds, isIstioKind, type IstioKind } from "../../../../istio/kinds.ts";
import type { Field } from "../../../model/field.ts";
import type { MeshObject } from "../../../model/mesh.ts";
import type { ObjectRule } from "../../../engine/rule.ts";
import { mismatches, unknownName, type Mismatch } from "../../../schema/mismatches.ts";
import { at, rejected } from "../../../values/verdicts.ts";

export const ISTIO_KINDS = Object.keys(istioKinds) as IstioKind[];

/** A rule about one of the ways in which objects do not fit the schemas of their kinds. */
export function fitting(
  topic: Mismatch["topic"],
  rule: Pick<ObjectRule, "id" | "title" | "remediation"> & { rationale?: string },
) {
  return rejected({
    kinds: [...ISTIO_KINDS, ...gatewayApiKinds],
    sources: ["istio/manifests/charts/base/files/crd-all.gen.yaml"],
    ...rule,
    *check(object) {
      for (const { field, topic: found, message } of allMismatches(object)) {
        if (found === topic) yield at(field, message);
      }
    },
  });
}

const BESIDE_SPEC = new Set(["apiVersion", "kind", "metadata", "spec", "status"]);

/** What `metadata` may hold, of which `clusterName` and `selfLink` are of older API servers. */
const METADATA = [
  ...["name", "generateName", "namespace", "labels", "annotations", "ownerReferences", "finalizers", "uid"],
  ...["resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"],
  ...["managedFields", "clusterName", "selfLink"],
];

/** The rules on shapes ask for the same in turn. */
const known = new WeakMap<MeshObject, readonly Mismatch[]>();

function allMismatches(object: MeshObject): readonly Mismatch[] {
  const found = known.get(object) ?? [...findMismatches(object)];
  known.set(object, found);
  return found;
}

function* findMismatches({ kind, root, spec }: MeshObject): Generator<Mismatch> {
  for (const [name, field] of root.entries()) {
    // Names with two underscores are notes of Pulumi's own.
    if (BESIDE_SPEC.has(name) || name.startsWith("__")) continue;
    yield { field, topic: "name", message: "move it into spec: the API server drops it here without a word" };
  }
  for (const [name, field] of root.at("metadata").entries()) {
    if (!METADATA.includes(name) && !name.startsWith("__"))
      yield { field, topic: "name", message: unknownName(name, METADATA) };
  }
  if (!isIstioKind(kind)) {
    yield* gatewayApiMismatches(kind, root);
    return;
  }
  if (!spec.isAbsent()) yield* mismatches(spec, istioShapes[kind]);
  else if (istioKinds[kind].needsSpec)
    yield { field: spec, topic: "type", message: "add it: an object of this kind needs one" };
}

function* gatewayApiMismatches(kind: string, root: Field): Generator<Mismatch> {
  const definition = gatewayApiDefinition(kind);
  if (definition === undefined) return;
  const [, version = ""] = root.at("apiVersion").string()?.split("/") ?? [];
  const shape = definition.specs[version] ?? Object.values(definition.specs)[0];
  const spec = root.at("spec");
  if (spec.isAbsent()) yield { field: spec, topic: "type", message: "add it: an object of this kind needs one" };
  else if (shape !== undefined) yield* mismatches(spec, shape);
}
