import type { Field } from "../../model/field.ts";
import type { Kind, MeshObject } from "../../model/mesh.ts";
import type { Finding, ObjectRule } from "../../engine/rule.ts";
import { podTemplateOf, WORKLOAD_KINDS } from "../../model/podTemplates.ts";
import { ANNOTATIONS } from "./lib/annotations.ts";
import { ACCEPTED } from "./lib/annotationValues.ts";

/** What Istio itself writes. */
const WRITTEN_BY_ISTIO = new Set(["sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"]);

const INJECT = "sidecar.istio.io/inject";

export const annotationValid: ObjectRule = {
  id: "annotation-valid",
  title: "Each annotation of Istio exists, is on the kind of object that it is for, and has a value that Istio takes.",
  rationale: "Istio passes over an annotation that it does not know or does not look for there.",
  remediation:
    "Correct the annotation's name or value, move it to the kind that it is for, or remove it; write sidecar.istio.io/inject as a label.",
  severity: "medium",
  codes: ["IST0107", "IST0108", "IST0125", "IST0135"],
  sources: ["istio/pkg/config/analysis/analyzers/annotations/annotations.go"],
  kinds: ["Namespace", "Service", ...WORKLOAD_KINDS],

  *check(object) {
    // Annotations of a workload other than a Deployment istioctl leaves alone, but not those of its pods.
    if (object.kind !== "Pod" && isLookedAt(object.kind)) yield* wrong(object.kind, object.metadata);
    if (isWorkload(object)) yield* wrong("Pod", podTemplateOf(object).at("metadata"));
  },
};

function isLookedAt(kind: Kind): boolean {
  return kind === "Namespace" || kind === "Service" || kind === "Deployment";
}

function isWorkload({ kind }: MeshObject): boolean {
  return WORKLOAD_KINDS.some((workload) => workload === kind);
}

function* wrong(kind: string, metadata: Field): Iterable<Finding> {
  for (const [name, value] of metadata.at("annotations").entries()) {
    if (!isOfIstio(name) || WRITTEN_BY_ISTIO.has(name)) continue;
    const { path } = value;
    const annotation = ANNOTATIONS.get(name);
    if (annotation === undefined) {
      yield { code: "IST0108", path, message: "Istio knows no such annotation: look for a slip in its name" };
      continue;
    }
    if (annotation.deprecated && !(name === INJECT && !metadata.at("labels", INJECT).isAbsent())) {
      const instead = name === INJECT ? "write it as a label instead" : "remove it";
      yield { code: "IST0135", severity: "low", path, message: `this annotation is about to be dropped: ${instead}` };
    }
    const { on } = annotation;
    if (on.includes("Any")) continue;
    if (!on.includes(kind)) {
      const place = on.join(" or ");
      yield { code: "IST0107", path, message: `move it to the object that it is for: ${place}` };
      continue;
    }
    const accepted = ACCEPTED.get(name);
    const text = value.string();
    if (accepted && text !== undefined && !accepted.accepts(text)) {
      yield { code: "IST0125", path, message: `write ${accepted.values}` };
    }
  }
}

function isOfIstio(name: string): boolean {
  const [prefix = ""] = name.split("/");
  return name === "kubernetes.io/ingress.class" || prefix.endsWith("istio.io");
}
