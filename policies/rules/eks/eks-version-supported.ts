import { eksSupport } from "../../../versions.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { clustersOf, viewOf } from "./lib/cluster.ts";
import { minorOf } from "./lib/versions.ts";

/** How long before the end of standard support it is told of, in milliseconds: 60 days, as AWS itself does. */
const NOTICE = 60 * 24 * 60 * 60 * 1000;

export const eksVersionSupported: MeshRule = {
  id: "eks-version-supported",
  title: "The cluster's Kubernetes version stays in EKS standard support for at least two months.",
  rationale:
    "When standard support ends, AWS upgrades the control plane on a date of its choice, or charges six times as much for extended support.",
  remediation: "Upgrade the cluster and its add-ons to the next minor version after you check `aws eks list-insights`.",
  severity: "medium",
  codes: [],

  *checkMesh(mesh) {
    for (const object of clustersOf(mesh)) {
      const { version } = viewOf(object);
      const end = endOf(version.string() ?? "");
      if (end === undefined || Date.parse(end) - Date.now() > NOTICE) continue;
      const isOver = Date.parse(end) <= Date.now();
      const when = isOver ? "now: standard support has ended" : `before ${end}, when standard support ends`;
      yield { object, path: version.path, message: `upgrade to the next minor version ${when}` };
    }
  },
};

const ends = new Map(Object.entries(eksSupport.standardUntil).map(([version, end]) => [minorOf(version) ?? 0, end]));

/** The day on which a version's standard support ends; nothing where that is not known. */
function endOf(version: string): string | undefined {
  const minor = minorOf(version);
  // What is older than the list had ended when the list was made.
  if (minor !== undefined && minor < Math.min(...ends.keys())) return eksSupport.asOf;
  return ends.get(minor ?? 0);
}
