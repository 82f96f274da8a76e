import { UNKNOWN, type Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readServices } from "../../model/services.ts";
import type { Selector } from "../../model/workloads.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";
import { mostPods } from "./lib/podCounts.ts";

/** Envoy's default; Istio takes 0 for it as well. */
const DEFAULT_PERCENT = 10;

export const outlierDetectionCanEject: MeshRule = {
  id: "outlier-detection-can-eject",
  title: "Outlier detection can eject at least one of the host's Pods.",
  rationale:
    "Envoy ejects a Pod only while the share of ejected Pods stays within maxEjectionPercent, 10 by default, so with fewer than ten Pods it ejects none.",
  remediation: "Set maxEjectionPercent to at least 100 divided by the number of Pods: 50 for two, 100 for one.",
  severity: "low",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    for (const object of mesh.all("DestinationRule")) {
      const { spec } = object;
      const policies = [spec.at("trafficPolicy"), ...spec.at("subsets").items()].map((place, index) => ({
        policy: index === 0 ? place : place.at("trafficPolicy"),
        labels: index === 0 ? undefined : place.at("labels"),
      }));
      for (const { policy, labels } of policies) {
        for (const place of [policy, ...policy.at("portLevelSettings").items()]) {
          yield* findings(mesh, object, place.at("outlierDetection"), labels);
        }
      }
    }
  },
};

/** @param labels - of the pods of a subset */
function* findings(
  mesh: Mesh,
  object: MeshObject,
  detection: Field,
  labels: Field | undefined,
): Iterable<FindingInMesh> {
  if (!detection.isPresent()) return;
  const percent = detection.at("maxEjectionPercent");
  const allowed = percent.isAbsent() ? DEFAULT_PERCENT : percent.number();
  if (allowed === undefined || allowed >= 100) return;
  const pods = podsBehind(mesh, object, labels);
  if (pods === undefined || pods === 0 || pods * (allowed === 0 ? DEFAULT_PERCENT : allowed) >= 100) return;
  const message = "set at least 100 divided by the number of Pods: with so few Pods, Envoy never ejects one";
  yield { object, path: percent.path, message };
}

function podsBehind(mesh: Mesh, { spec, namespace }: MeshObject, labels: Field | undefined): number | undefined {
  const host = spec.at("host").string();
  const own: Selector | undefined = labels === undefined ? new Map() : labels.stringMap();
  if (host === undefined || namespace === undefined || own === undefined) return undefined;
  const service = mesh.derive(readServices).find(host, namespace);
  if (service === undefined || service === UNKNOWN || service.object.kind !== "Service") return undefined;
  const selector = service.object.spec.at("selector").stringMap();
  if (selector === undefined || selector.size === 0) return undefined;
  return mostPods(mesh, new Map([...selector, ...own]), service.namespace);
}
