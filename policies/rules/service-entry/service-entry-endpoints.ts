import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isIpAddress } from "../../../istio/addresses.ts";
import { fqdnProblem, unixSocketOf } from "../../values/hosts.ts";
import { labelFindings } from "../../values/labels.ts";
import { hasItems, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { endpointPortFindings, workloadFindings } from "../../values/workloads.ts";

export const serviceEntryEndpoints = rejected({
  id: "service-entry-endpoints",
  title: "The endpoints of a ServiceEntry match its resolution, and use only its ports.",
  remediation:
    "Use IP addresses for STATIC, host names for DNS, one for DNS_ROUND_ROBIN and none for NONE or a workloadSelector, on ports of the ServiceEntry.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const list = spec.at("endpoints");
    const endpoints = places(spec, "endpoints[]");
    const field = spec.at("resolution");
    const resolution = field.isAbsent() ? "NONE" : field.string();
    if (spec.at("workloadSelector").isPresent() && hasItems(list))
      yield at(list, "remove this field, or the workloadSelector");
    const names = portNames(spec);
    switch (resolution) {
      case "NONE":
        if (hasItems(list)) yield at(list, "remove this field: with resolution NONE the client chooses the address");
        break;
      case "STATIC":
        for (const endpoint of endpoints) {
          yield* workloadFindings(endpoint, "an IP address");
          yield* endpointPortFindings(endpoint, names);
          const address = endpoint.at("address");
          if (unixSocketOf(address.string() ?? "") !== undefined && names !== undefined && names.size !== 1) {
            yield at(address, "give the ServiceEntry exactly one port: a Unix domain socket has no port");
          }
        }
        break;
      case "DNS":
      case "DNS_ROUND_ROBIN":
        if (resolution === "DNS_ROUND_ROBIN" && endpoints.length > 1)
          yield at(list, "use at most one endpoint, or resolution DNS");
        for (const endpoint of endpoints) yield* lookedUpFindings(endpoint, names);
    }
  },
});

function* lookedUpFindings(endpoint: Field, names: ReadonlySet<string> | undefined): Generator<Finding> {
  const address = endpoint.at("address");
  const text = address.isAbsent() ? "" : address.string();
  if (text !== undefined && !isIpAddress(text) && fqdnProblem(text) !== undefined) {
    yield at(address, "use a full host name, or an IP address");
  }
  yield* labelFindings(endpoint.at("labels"));
  yield* endpointPortFindings(endpoint, names);
}

/** The names of the ports; nothing if they are not all known. */
function portNames(spec: Field): ReadonlySet<string> | undefined {
  const names = spec
    .at("ports")
    .items()
    .map((port) => port.at("name"));
  if (spec.at("ports").isUnknown() || names.some((name) => name.isUnknown())) return undefined;
  return new Set(names.map((name) => name.string() ?? ""));
}
