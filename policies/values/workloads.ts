import type { Field } from "../model/field.ts";
import type { Finding } from "../engine/rule.ts";
import { isIpAddress } from "../../istio/addresses.ts";
import { fqdnProblem, isPort, PORT_TEXT, unixSocketOf, unixSocketProblem } from "./hosts.ts";
import { labelFindings } from "./labels.ts";
import { DNS_LABEL_TEXT, isDnsLabel } from "./names.ts";
import { hasItems, lacksText } from "./reading.ts";
import { at } from "./verdicts.ts";

/** What is wrong with the address and the labels of a workload outside Kubernetes. */
export function* workloadFindings(
  workload: Field,
  what: "an IP address" | "an IP address or a full host name",
): Generator<Finding> {
  const address = workload.at("address");
  if (lacksText(address) && lacksText(workload.at("network"))) yield at(address, "add it, or a network");
  const text = address.string() ?? "";
  const socket = unixSocketOf(text);
  if (socket !== undefined) {
    const problem = unixSocketProblem(socket);
    if (problem !== undefined) yield at(address, problem);
    if (hasItems(workload.at("ports")))
      yield at(workload.at("ports"), "remove this field: a Unix domain socket has no ports");
  } else if (text !== "" && !isIpAddress(text) && (what === "an IP address" || fqdnProblem(text) !== undefined)) {
    yield at(address, `use ${what}, or unix:// and a socket path`);
  }
  yield* labelFindings(workload.at("labels"));
}

/**
 * What is wrong with the ports of a workload.
 * @param names - of the ports of its ServiceEntry, if they are known
 */
export function* endpointPortFindings(workload: Field, names?: ReadonlySet<string>): Generator<Finding> {
  for (const [name, port] of workload.at("ports").entries()) {
    // The API server drops an empty entry.
    if (port.isAbsent()) continue;
    if (names !== undefined && !names.has(name)) yield at(port, "name a port of the ServiceEntry");
    else if (!isDnsLabel(name) || name.length === 63) yield at(port, `name it by ${DNS_LABEL_TEXT}`);
    const number = port.number();
    if (number !== undefined && !isPort(number)) yield at(port, PORT_TEXT);
  }
}
