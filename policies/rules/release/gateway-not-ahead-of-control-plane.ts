import { readReleases } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { byVersion, numbersOf } from "../../../lib/versions.ts";
import { readControlPlanes, versionOf } from "./lib/controlPlanes.ts";

export const gatewayNotAheadOfControlPlane: MeshRule = {
  id: "gateway-not-ahead-of-control-plane",
  title: "A gateway is not of a newer version than the control plane that configures it.",
  rationale:
    "Istio supports proxies that are older than their control plane, not newer ones: those may refuse what they are sent.",
  remediation: "Upgrade the control plane first, and then let the gateway name its revision.",
  severity: "high",
  codes: [],

  *checkMesh(mesh) {
    const controlPlanes = readControlPlanes(mesh);
    if (controlPlanes === undefined) return;
    for (const { release, chart, values } of mesh.derive(readReleases)) {
      const revision = values.at("revision");
      if (chart !== "gateway" || revision.isUnknown()) continue;
      const name = revision.string() ?? "";
      const controlPlane = controlPlanes.byName.get(name === "" ? "default" : name);
      const [own, its] = [versionOf(release), controlPlane && versionOf(controlPlane)];
      if (own === undefined || its === undefined || !numbersOf(own) || !numbersOf(its)) continue;
      if (byVersion(own, its) <= 0) continue;
      const message = "use the version of the control plane of its revision, or let it name a newer one";
      yield { object: release, path: "version", message };
    }
  },
};
