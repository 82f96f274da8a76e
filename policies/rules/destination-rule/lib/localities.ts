import type { Field } from "../../../model/field.ts";
import type { Finding } from "../../../engine/rule.ts";
import { at } from "../../../values/verdicts.ts";

/** Labels by which Istio knows the place of a pod, in the order of their size. */
export const TOPOLOGY_LABELS = [
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "topology.istio.io/subzone",
] as const;

/** A locality with the place of it that a finding is about. */
export type Locality = readonly [text: string, place: Field];

/** What is wrong with localities such as `us-east/zone-1/*`, each of which must be outside of all before it. */
export function* localityFindings(localities: readonly Locality[]): Generator<Finding> {
  const before: string[][] = [];
  for (const [text, place] of localities) {
    const [region = "", zone, ...subzone] = text.split("/");
    const parts = [region, ...(zone === undefined ? [] : [zone]), ...(subzone.length > 0 ? [subzone.join("/")] : [])];
    const stars = text.split("*").length - 1;
    if (stars > 1 || (stars === 1 && !text.endsWith("*"))) {
      yield at(place, "use one asterisk, at the end of the locality");
      return;
    }
    if (parts.includes("")) {
      yield at(place, "use <region>, <region>/<zone> or <region>/<zone>/<subzone>");
      return;
    }
    if (before.some((other) => overlap(other, parts))) {
      yield at(place, "remove this entry: it equals or overlaps an earlier locality");
      return;
    }
    before.push(parts);
  }
}

/** Whether a locality, by its parts, has a place in common with one that comes after it, as Istio reads them. */
function overlap(before: readonly string[], after: readonly string[]): boolean {
  if (before[0] === "*") return true;
  if (before[0] !== after[0]) return false;
  // A region or a zone that stands alone is all of it, as with an asterisk.
  for (const index of [1, 2]) {
    const [one, other] = [before[index] ?? "*", after[index] ?? "*"];
    if (one === "*" || after[index] === undefined) return true;
    if (one !== other) return false;
  }
  return true;
}
