import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { podTemplateOf } from "../../model/podTemplates.ts";
import { mayKeepOut } from "../../model/pods.ts";

/** Labels that Istio takes the name and the version of a workload from, in its order. */
const ACCEPTED = {
  app: ["service.istio.io/canonical-name", "app.kubernetes.io/name", "app"],
  version: ["service.istio.io/canonical-revision", "app.kubernetes.io/version", "version"],
} as const;

type Label = keyof typeof ACCEPTED;
const LABELS = ["app", "version"] as const satisfies Label[];

export const workloadHasAppAndVersionLabels: ObjectRule = {
  id: "workload-has-app-and-version-labels",
  title: "The Pods of a workload in the mesh have the labels app and version.",
  rationale:
    "Subsets select Pods by these labels, and without them metrics, traces and Kiali's graph show all versions as one.",
  remediation: "Add the labels to the Pod template.",
  severity: "low",
  environment: true,
  codes: [],
  kinds: ["Deployment", "StatefulSet", "DaemonSet"],

  *check(object) {
    const template = podTemplateOf(object);
    const labels = template.at("metadata", "labels");
    if (mayKeepOut(template)) return;
    for (const label of LABELS.filter((one) => isMissing(labels, one))) {
      yield { path: labels.path, message: `add the label ${label} to the Pod template` };
    }
  },

  *remedy(object) {
    const template = podTemplateOf(object);
    const labels = template.at("metadata", "labels");
    if (mayKeepOut(template)) return;
    const told = toldBy(object);
    for (const label of LABELS.filter((one) => isMissing(labels, one))) {
      const value = told[label];
      if (value !== undefined) yield { path: ["spec", "template", "metadata", "labels", label], value };
    }
  },
};

const isMissing = (labels: Field, label: Label) => ACCEPTED[label].every((name) => labels.at(name).isAbsent());

const LABEL_VALUE = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/** What the workload's own name says, such as `reviews-v2`, else the tag of its image. */
function toldBy(object: MeshObject): Partial<Record<Label, string>> {
  const { id } = object;
  if (id === undefined) return {};
  const [, app, version] = /^(.+)-(v\d[\w.]*)$/.exec(id) ?? [];
  if (app !== undefined && version !== undefined) return { app, version };
  const image = podTemplateOf(object).at("spec", "containers").items()[0]?.at("image").string() ?? "";
  const [, tag = ""] = /:([^:/@]+)(?:@.*)?$/.exec(image) ?? [];
  return { app: id, ...(LABEL_VALUE.test(tag) && tag !== "latest" && { version: tag }) };
}
