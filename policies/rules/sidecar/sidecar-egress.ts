import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isIpAddress } from "../../../istio/addresses.ts";
import { isPort, listenerHostProblem, PORT_TEXT, unixSocketOf, unixSocketProblem } from "../../values/hosts.ts";
import { isDnsLabel } from "../../values/names.ts";
import { lacksItems, places, repeated } from "../../values/reading.ts";
import { sidecarPortFindings } from "./lib/sidecarPorts.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const sidecarEgress = rejected({
  id: "sidecar-egress",
  title: "A Sidecar sets at least one field, and each of its egress listeners has hosts and a unique address.",
  remediation:
    "Add listeners with hosts as <namespace>/<host> and a unique port or socket; only the last listener may have no port.",
  kinds: ["Sidecar"],

  *check({ spec }) {
    const lists = [spec.at("egress"), spec.at("ingress")];
    const policies = [spec.at("outboundTrafficPolicy"), spec.at("inboundConnectionPool")];
    if (lists.every(lacksItems) && policies.every((policy) => policy.isAbsent())) {
      yield at(spec, "add egress, ingress, outboundTrafficPolicy or inboundConnectionPool");
    }
    const listeners = places(spec, "egress[]");
    for (const [index, listener] of listeners.entries()) {
      const port = listener.at("port");
      if (port.isAbsent() && index < listeners.length - 1) {
        yield at(listener, "move it to the end of the list, and keep one: without a port it matches all other traffic");
      }
      if (port.isPresent()) yield* addressFindings(listener);
      const hosts = listener.at("hosts");
      if (lacksItems(hosts)) yield at(hosts, "add a host, such as ./* for the Sidecar's own namespace");
      for (const host of hosts.items()) yield* hostFindings(host);
    }
    yield* repeatedAddresses(listeners);
  },
});

function* addressFindings(listener: Field): Generator<Finding> {
  const port = listener.at("port");
  yield* sidecarPortFindings(port);
  const number = port.at("number");
  const value = number.isAbsent() ? 0 : number.number();
  const bind = listener.at("bind");
  const address = bind.isAbsent() ? "" : bind.string();
  if (value === undefined || address === undefined) return;
  if (value !== 0) {
    if (!isPort(value)) yield at(number, PORT_TEXT);
    if (address !== "" && !isIpAddress(address)) yield at(bind, "use an IP address, or remove this field");
    return;
  }
  const socket = unixSocketOf(address);
  const problem =
    socket === undefined ? "use unix:// and a socket path, or set the port number" : unixSocketProblem(socket);
  if (problem !== undefined) yield at(bind, problem);
  const capture = listener.at("captureMode");
  if (capture.string() === "IPTABLES")
    yield at(capture, "use NONE: connections to a Unix domain socket are not captured");
}

function* hostFindings(field: Field): Generator<Finding> {
  const text = field.string();
  if (text === undefined) return;
  const [place, host] = /^([^/]*)\/(.+)$/s.exec(text)?.slice(1) ?? [];
  const namespace = place?.replace(/^~/, "");
  const isPlace =
    namespace === "" ? place === "~" : ["*", "."].includes(namespace ?? "") || isDnsLabel(namespace ?? "");
  if (host === undefined || !isPlace) {
    yield at(field, "use <namespace>/<host>, with a dot for the own namespace, or * for all namespaces or hosts");
    return;
  }
  const problem = listenerHostProblem(host, false);
  if (problem !== undefined) yield at(field, problem);
}

function* repeatedAddresses(listeners: readonly Field[]): Generator<Finding> {
  const withPort = listeners.filter((listener) => listener.at("port").isPresent());
  const numbers = withPort.map((listener) => listener.at("port", "number"));
  for (const number of repeated(numbers)) {
    if (number.number() !== 0) yield at(number, "use another port: an earlier listener has the same one");
  }
  const sockets = withPort.filter((listener) => (listener.at("port", "number").number() ?? 0) === 0);
  for (const bind of repeated(sockets.map((listener) => listener.at("bind")))) {
    yield at(bind, "use another socket: an earlier listener has the same one");
  }
}
