import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isIpAddress } from "../../../istio/addresses.ts";
import { isPort, listenerHostProblem, PORT_TEXT, unixSocketOf, unixSocketProblem } from "../../values/hosts.ts";
import { isDnsLabel } from "../../values/names.ts";
import { isKnownProtocol, PROTOCOL_TEXT } from "../../values/protocols.ts";
import { lacksItems, lacksText, places, repeated } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const gatewayServers = rejected({
  id: "gateway-servers",
  title: "A Gateway has servers, and each has hosts and a port with a unique name, a number and a protocol.",
  remediation:
    "Give each server full host names and a port with a unique name, a number and a protocol such as HTTPS, and bind it only to IP addresses or unix:// paths.",
  kinds: ["Gateway"],

  *check({ spec }) {
    if (lacksItems(spec.at("servers"))) yield at(spec.at("servers"), "add a server");
    const servers = places(spec, "servers[]");
    for (const server of servers) {
      const hosts = server.at("hosts");
      if (lacksItems(hosts)) yield at(hosts, "add a host that the server accepts");
      for (const host of hosts.items()) yield* hostFindings(host);
      yield* portFindings(server);
    }
    for (const name of repeated(servers.map((server) => server.at("port", "name")))) {
      yield at(name, "use another name: the port of an earlier server has the same one");
    }
  },
});

function* hostFindings(field: Field): Generator<Finding> {
  const text = field.string();
  if (text === undefined) return;
  const [namespace, host] = /^(?:([^/]*)\/)?(.*)$/s.exec(text)?.slice(1) ?? [];
  if (namespace !== undefined && !["*", "."].includes(namespace) && !isDnsLabel(namespace)) {
    yield at(field, "before the slash, use a namespace, a dot for the Gateway's own namespace, or * for all");
    return;
  }
  const problem = listenerHostProblem(host ?? "", true);
  if (problem !== undefined) yield at(field, problem);
}

function* portFindings(server: Field): Generator<Finding> {
  const port = server.at("port");
  const bind = server.at("bind");
  const socket = unixSocketOf(bind.string() ?? "");
  const number = port.at("number");
  const value = number.isAbsent() ? 0 : number.number();
  if (port.isPresent()) {
    const protocol = port.at("protocol");
    if (lacksText(protocol) || !isKnownProtocol(protocol.string() ?? "tcp")) yield at(protocol, PROTOCOL_TEXT);
    if (value !== undefined && !bind.isUnknown() && (value > 0 || socket === undefined) && !isPort(value)) {
      yield at(number, PORT_TEXT);
    }
    const target = port.at("targetPort");
    if ((target.number() ?? 0) > 0)
      yield at(target, "remove this field: the Service of the gateway sets the target port");
    if (lacksText(port.at("name"))) yield at(port.at("name"), "set the port name");
  }
  if (socket !== undefined) {
    const problem = unixSocketProblem(socket);
    if (problem !== undefined) yield at(bind, problem);
    if (value !== undefined && value !== 0) yield at(number, "use 0: the server listens on a Unix domain socket");
  } else if (!lacksText(bind) && !isIpAddress(bind.string() ?? "::")) {
    yield at(bind, "use an IP address of the proxy, or unix:// and a socket path");
  }
}
