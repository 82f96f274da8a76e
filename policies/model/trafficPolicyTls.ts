// By which TLS settings clients connect to a port: see MergeSubsetTrafficPolicy in pilot/pkg/networking/util of Istio's source.
import type { Field } from "./field.ts";
import type { MeshObject } from "./mesh.ts";

/** The traffic policies that hold together: that of the host, and of a subset. */
export interface TrafficPolicies {
  readonly host: Field;
  readonly subset?: Field;
}

/** Those of all clients, and of each subset that has its own. */
export function trafficPoliciesOf({ spec }: MeshObject): TrafficPolicies[] {
  const host = spec.at("trafficPolicy");
  const subsets = spec
    .at("subsets")
    .items()
    .map((subset) => subset.at("trafficPolicy"));
  return [{ host }, ...subsets.filter((subset) => !subset.isAbsent()).map((subset) => ({ host, subset }))];
}

/** The TLS settings at a port of the host, as the place where they are or would be; nothing if it is not known which hold. */
export function tlsAt({ host, subset }: TrafficPolicies, port: number): Field | undefined {
  const ofHost = ofPort(host, port);
  const settings = ofHost === "none" ? host : ofHost;
  if (subset === undefined) return settings?.at("tls");
  const ofSubset = ofPort(subset, port);
  if (ofSubset !== "none") return ofSubset?.at("tls");
  const own = subset.at("tls");
  if (own.isUnknown()) return undefined;
  return own.isPresent() ? own : settings?.at("tls");
}

/** The settings of a single port; nothing if they may be for another one. */
export function ofPort(policy: Field, port: number): Field | "none" | undefined {
  const list = policy.at("portLevelSettings");
  const numbers = list.items().map((place) => ({ place, number: place.at("port", "number") }));
  if (list.isUnknown() || numbers.some(({ number }) => number.isUnknown())) return undefined;
  return numbers.find(({ number }) => number.number() === port)?.place ?? "none";
}
