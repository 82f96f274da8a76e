import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isPort, PORT_TEXT, unixSocketOf, unixSocketProblem } from "../../values/hosts.ts";
import { labelFindings } from "../../values/labels.ts";
import { hasItems, lacksItems, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { endpointPortFindings } from "../../values/workloads.ts";

export const workloadGroups = rejected({
  id: "workload-groups",
  title: "A WorkloadGroup has a template, and its probe has a method.",
  remediation:
    "Probe with httpGet or tcpSocket and a port, or with exec and a command, and use ports such as http: 8080 and labels such as app: shop.",
  kinds: ["WorkloadGroup"],

  *check({ spec }) {
    yield* labelFindings(spec.at("metadata", "labels"));
    const address = spec.at("template", "address");
    const socket = unixSocketOf(address.string() ?? "");
    if (socket !== undefined) {
      const problem = unixSocketProblem(socket);
      if (problem !== undefined) yield at(address, problem);
      const ports = spec.at("template", "ports");
      if (hasItems(ports)) yield at(ports, "remove this field: a Unix domain socket has no ports");
    }
    yield* endpointPortFindings(spec.at("template"));
    const probe = spec.at("probe");
    if (probe.isPresent()) yield* probeFindings(probe);
  },
});

function* probeFindings(probe: Field): Generator<Finding> {
  const [http, tcp, exec, grpc] = ["httpGet", "tcpSocket", "exec", "grpc"].map((name) => probe.at(name)) as [
    Field,
    Field,
    Field,
    Field,
  ];
  if ([http, tcp, exec, grpc].every((method) => method.isAbsent())) yield at(probe, "add httpGet, tcpSocket or exec");
  if (grpc.isPresent())
    yield at(grpc, "use httpGet, tcpSocket or exec instead: istiod does not support this method yet");
  for (const method of [http, tcp]) {
    const port = method.at("port");
    const number = port.isAbsent() ? 0 : port.number();
    if (method.isPresent() && number !== undefined && !isPort(number)) yield at(port, PORT_TEXT);
  }
  const scheme = http.at("scheme");
  if (!["", "HTTP", "HTTPS"].includes(scheme.string() ?? "")) yield at(scheme, "use HTTP or HTTPS");
  for (const header of places(http, "httpHeaders[]")) {
    const name = header.at("name");
    const text = name.isAbsent() ? "" : name.string();
    if (text !== undefined && !/^[-A-Za-z0-9]+$/.test(text))
      yield at(name, "use only letters, digits and hyphens in the header name");
  }
  const command = exec.at("command");
  if (exec.isPresent() && lacksItems(command)) yield at(command, "add the command and its arguments");
}
