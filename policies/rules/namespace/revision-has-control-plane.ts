import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { readReleases } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readControlPlanes, tagsOf } from "../release/lib/controlPlanes.ts";

export const revisionHasControlPlane: MeshRule = {
  id: "revision-has-control-plane",
  title: "The revision that a namespace, a tag or a gateway names has a control plane.",
  rationale:
    "Without one, new Pods get no sidecar, or are refused, and those that run get no certificates and no configuration any more.",
  remediation:
    "Move namespaces, tags and gateways to the other revision first, and then remove the control plane that nobody names.",
  severity: "high",
  codes: [],
  missing: true,

  *checkMesh(mesh) {
    const controlPlanes = readControlPlanes(mesh);
    if (controlPlanes === undefined) return;
    const { byName } = controlPlanes;
    const isGone = (name: string | undefined) => name !== undefined && name !== "" && byName.get(name) === undefined;
    const finding = (object: MeshObject, field: Field) => ({
      object,
      path: field.path,
      message:
        "name a revision, or a tag, whose control plane is there; keep the one that is named until nobody names it",
    });
    for (const object of mesh.all("Namespace")) {
      const [injection, revision] = ["istio-injection", "istio.io/rev"].map((label) => object.labels.at(label));
      // Beside the older label, Istio ignores the revision.
      if (revision && injection?.isAbsent() === true && isGone(revision.string())) yield finding(object, revision);
    }
    for (const { object, revision } of tagsOf(mesh)) {
      if (isGone(revision)) yield finding(object, object.labels.at("istio.io/rev"));
    }
    for (const { release, chart, values } of mesh.derive(readReleases)) {
      const revision = { gateway: values.at("revision"), base: values.at("defaultRevision") }[chart as "gateway"];
      if ((chart === "gateway" || chart === "base") && isGone(revision.string())) yield finding(release, revision);
    }
  },
};
