import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isIpAddress, isPort, PORT_TEXT, unixSocketOf, unixSocketProblem } from "../../values/hosts.ts";
import { isTls } from "../../values/protocols.ts";
import { hasItems, hasText, places, repeated } from "../../values/reading.ts";
import { modeOf } from "../../values/serverTls.ts";
import { sidecarPortFindings } from "./lib/sidecarPorts.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const sidecarIngress = rejected({
  id: "sidecar-ingress",
  title:
    "Each listener of a Sidecar's ingress has a port of its own, an endpoint in the pod, and TLS that it can serve.",
  remediation:
    "Give each listener its own port, a defaultEndpoint such as 127.0.0.1:8080, and tls by files, SIMPLE or MUTUAL, for HTTPS or TLS only.",
  kinds: ["Sidecar"],

  *check({ spec }) {
    const listeners = places(spec, "ingress[]");
    for (const listener of listeners) {
      const port = listener.at("port");
      if (!port.isPresent()) continue;
      yield* sidecarPortFindings(port);
      const number = port.at("number");
      const value = number.isAbsent() ? 0 : number.number();
      if (value !== undefined && !isPort(value)) yield at(number, PORT_TEXT);
      const bind = listener.at("bind");
      if (hasText(bind) && !isIpAddress(bind.string() ?? "")) yield at(bind, "write an IP address, or leave it out");
      yield* endpointFindings(listener.at("defaultEndpoint"));
      if (listener.at("tls").isPresent()) yield* tlsFindings(listener.at("tls"), port.at("protocol"));
    }
    for (const number of repeated(listeners.map((listener) => listener.at("port", "number")))) {
      yield at(number, "write another port: a listener before has the same");
    }
  },
});

function* endpointFindings(field: Field): Generator<Finding> {
  const text = field.string() ?? "";
  if (text === "") return;
  const socket = unixSocketOf(text);
  if (socket !== undefined) {
    const problem = unixSocketProblem(socket);
    if (problem !== undefined) yield at(field, problem);
    return;
  }
  const [port] = /^(?:127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\[::\]|):(\d+)$/.exec(text)?.slice(1) ?? [];
  if (port === undefined || !isPort(Number(port))) {
    yield at(field, "write 127.0.0.1:<port>, 0.0.0.0:<port>, [::1]:<port>, [::]:<port>, or unix:// and a path");
  }
}

function* tlsFindings(tls: Field, protocol: Field): Generator<Finding> {
  for (const name of ["subjectAltNames", "credentialName", "credentialNames", "tlsCertificates", "httpsRedirect"]) {
    const field = tls.at(name);
    if (hasItems(field) || hasText(field) || field.boolean() === true)
      yield at(field, "take it out: a sidecar does not serve it");
  }
  const mode = modeOf(tls) ?? "";
  if (["ISTIO_MUTUAL", "AUTO_PASSTHROUGH"].includes(mode)) yield at(tls.at("mode"), "write SIMPLE or MUTUAL");
  if (!protocol.isUnknown() && !isTls(protocol.string() ?? ""))
    yield at(protocol, "write HTTPS or TLS, or take tls out");
}
