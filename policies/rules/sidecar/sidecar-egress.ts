import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import {
  isIpAddress,
  isPort,
  listenerHostProblem,
  PORT_TEXT,
  unixSocketOf,
  unixSocketProblem,
} from "../../values/hosts.ts";
import { isDnsLabel } from "../../values/names.ts";
import { lacksItems, places, repeated } from "../../values/reading.ts";
import { sidecarPortFindings } from "./lib/sidecarPorts.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const sidecarEgress = rejected({
  id: "sidecar-egress",
  title: "A Sidecar sets something, and each listener of its egress has hosts and an address of its own.",
  remediation:
    "Add listeners with hosts as <namespace>/<host> and a port or socket of their own; only the last one may be without a port.",
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
        yield at(listener, "move it to the end of the list, once: without a port it takes all the rest");
      }
      if (port.isPresent()) yield* addressFindings(listener);
      const hosts = listener.at("hosts");
      if (lacksItems(hosts)) yield at(hosts, "name a host, such as ./* for the own namespace");
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
    if (address !== "" && !isIpAddress(address)) yield at(bind, "write an IP address, or leave it out");
    return;
  }
  const socket = unixSocketOf(address);
  const problem =
    socket === undefined
      ? "write unix:// and the path of a socket, or give the port a number"
      : unixSocketProblem(socket);
  if (problem !== undefined) yield at(bind, problem);
  const capture = listener.at("captureMode");
  if (capture.string() === "IPTABLES")
    yield at(capture, "write NONE: connections to a Unix domain socket are not captured");
}

function* hostFindings(field: Field): Generator<Finding> {
  const text = field.string();
  if (text === undefined) return;
  const [place, host] = /^([^/]*)\/(.+)$/s.exec(text)?.slice(1) ?? [];
  const namespace = place?.replace(/^~/, "");
  const isPlace =
    namespace === "" ? place === "~" : ["*", "."].includes(namespace ?? "") || isDnsLabel(namespace ?? "");
  if (host === undefined || !isPlace) {
    yield at(field, "write <namespace>/<host>, with a dot for the own namespace, or * for all namespaces or hosts");
    return;
  }
  const problem = listenerHostProblem(host, false);
  if (problem !== undefined) yield at(field, problem);
}

function* repeatedAddresses(listeners: readonly Field[]): Generator<Finding> {
  const withPort = listeners.filter((listener) => listener.at("port").isPresent());
  const numbers = withPort.map((listener) => listener.at("port", "number"));
  for (const number of repeated(numbers)) {
    if (number.number() !== 0) yield at(number, "write another port: a listener before has the same");
  }
  const sockets = withPort.filter((listener) => (listener.at("port", "number").number() ?? 0) === 0);
  for (const bind of repeated(sockets.map((listener) => listener.at("bind")))) {
    yield at(bind, "write another socket: a listener before has the same");
  }
}
