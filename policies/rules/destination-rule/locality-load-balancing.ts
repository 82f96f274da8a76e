import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { localityFindings, TOPOLOGY_LABELS } from "./lib/localities.ts";
import { hasItems, places } from "../../values/reading.ts";
import { allTrafficPolicies } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const localityLoadBalancing = rejected({
  id: "locality-load-balancing",
  title: "Locality load balancing either distributes traffic in shares that sum to 100 or fails over between regions.",
  remediation:
    "Use localityLbSetting or zoneAwareLbSetting, with distribute in shares that sum to 100 or failover between two different regions.",
  sources: ["istio/pkg/config/validation/agent/validation.go"],
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of allTrafficPolicies(object)) {
      const byLocality = policy.at("loadBalancer", "localityLbSetting");
      const byZone = policy.at("loadBalancer", "zoneAwareLbSetting");
      if (byLocality.isPresent() && byZone.isPresent()) yield at(byZone, "remove this field, or localityLbSetting");
      yield* byLocalityFindings(byLocality);
      for (const label of places(byZone, "failoverPriority[]")) {
        if (isTopology(label)) yield at(label, "remove this field: regions and zones have an order already");
      }
      yield* failoverFindings(byZone);
    }
  },
});

const isTopology = (label: Field) => (TOPOLOGY_LABELS as readonly string[]).includes(label.string() ?? "");

function* byLocalityFindings(setting: Field): Generator<Finding> {
  const distribute = setting.at("distribute");
  const failover = setting.at("failover");
  if (hasItems(distribute) && hasItems(failover)) {
    yield at(failover, "remove this field, or distribute: use either distribution or failover");
    return;
  }
  if (hasItems(failover)) {
    for (const label of places(setting, "failoverPriority[]")) {
      if (isTopology(label)) yield at(label, "remove this field, or failover: both set the order of regions");
    }
  }
  const sources = distribute.items();
  for (const source of sources) yield* shareFindings(source.at("to"));
  const from = sources.map((source) => source.at("from")).filter((place) => !place.isUnknown());
  yield* localityFindings(from.map((place) => [place.string() ?? "", place] as const));
  yield* failoverFindings(setting);
}

function* shareFindings(to: Field): Generator<Finding> {
  const shares = to.entries();
  let total = 0;
  for (const [, share] of shares) {
    const weight = share.number();
    if (weight !== undefined && (weight <= 0 || weight > 100)) {
      yield at(share, "use a share from 1 to 100");
      return;
    }
    total += weight ?? 0;
  }
  const open = to.isUnknown() || shares.some(([, share]) => share.isUnknown());
  if (total !== 100 && !open) yield at(to, "use shares that sum to 100");
  else yield* localityFindings(shares);
}

function* failoverFindings(setting: Field): Generator<Finding> {
  for (const failover of places(setting, "failover[]")) {
    const [from, to] = [failover.at("from"), failover.at("to")];
    if (from.isUnknown() || to.isUnknown()) continue;
    const regions = [from.string() ?? "", to.string() ?? ""] as const;
    if (regions[0] === regions[1]) yield at(to, "use a region other than the one in from");
    if (regions.some((region) => /[/*]/.test(region))) {
      yield at(failover, "use regions only, without zones or asterisks");
    }
  }
}
