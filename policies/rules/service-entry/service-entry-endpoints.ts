import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { fqdnProblem, isIpAddress, unixSocketOf } from "../../values/hosts.ts";
import { labelFindings } from "../../values/labels.ts";
import { hasItems, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { endpointPortFindings, workloadFindings } from "../../values/workloads.ts";

export const serviceEntryEndpoints = rejected({
  id: "service-entry-endpoints",
  title: "The endpoints of a ServiceEntry fit how it is resolved, and have only its ports.",
  remediation:
    "Write IP addresses for STATIC, host names for DNS, one for DNS_ROUND_ROBIN and none for NONE or a workloadSelector, on ports of the ServiceEntry.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const list = spec.at("endpoints");
    const endpoints = places(spec, "endpoints[]");
    const field = spec.at("resolution");
    const resolution = field.isAbsent() ? "NONE" : field.string();
    if (spec.at("workloadSelector").isPresent() && hasItems(list))
      yield at(list, "take it out, or the workloadSelector");
    const names = portNames(spec);
    switch (resolution) {
      case "NONE":
        if (hasItems(list)) yield at(list, "take it out: with resolution NONE the client's own address decides");
        break;
      case "STATIC":
        for (const endpoint of endpoints) {
          yield* workloadFindings(endpoint, "an IP address");
          yield* endpointPortFindings(endpoint, names);
          const address = endpoint.at("address");
          if (unixSocketOf(address.string() ?? "") !== undefined && names !== undefined && names.size !== 1) {
            yield at(address, "give the ServiceEntry exactly one port: a Unix domain socket has none");
          }
        }
        break;
      case "DNS":
      case "DNS_ROUND_ROBIN":
        if (resolution === "DNS_ROUND_ROBIN" && endpoints.length > 1)
          yield at(list, "name one endpoint at most, or resolve as DNS");
        for (const endpoint of endpoints) yield* lookedUpFindings(endpoint, names);
    }
  },
});

function* lookedUpFindings(endpoint: Field, names: ReadonlySet<string> | undefined): Generator<Finding> {
  const address = endpoint.at("address");
  const text = address.isAbsent() ? "" : address.string();
  if (text !== undefined && !isIpAddress(text) && fqdnProblem(text) !== undefined) {
    yield at(address, "write the name of a host in full, or an IP address");
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
