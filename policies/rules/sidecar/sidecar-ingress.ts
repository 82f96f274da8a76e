import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isIpAddress } from "../../../istio/addresses.ts";
import { isPort, PORT_TEXT, unixSocketOf, unixSocketProblem } from "../../values/hosts.ts";
import { isTls } from "../../values/protocols.ts";
import { hasItems, hasText, places, repeated } from "../../values/reading.ts";
import { modeOf } from "../../values/serverTls.ts";
import { sidecarPortFindings } from "./lib/sidecarPorts.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const sidecarIngress = rejected({
  id: "sidecar-ingress",
  title:
    "Each ingress listener of a Sidecar has a unique port, an endpoint in the Pod, and TLS settings that a sidecar supports.",
  remediation:
    "Give each listener a unique port, a defaultEndpoint such as 127.0.0.1:8080, and for HTTPS or TLS only, tls from files in mode SIMPLE or MUTUAL.",
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
      if (hasText(bind) && !isIpAddress(bind.string() ?? "")) yield at(bind, "use an IP address, or remove this field");
      yield* endpointFindings(listener.at("defaultEndpoint"));
      if (listener.at("tls").isPresent()) yield* tlsFindings(listener.at("tls"), port.at("protocol"));
    }
    for (const number of repeated(listeners.map((listener) => listener.at("port", "number")))) {
      yield at(number, "use another port: an earlier listener has the same one");
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
    yield at(field, "use 127.0.0.1:<port>, 0.0.0.0:<port>, [::1]:<port>, [::]:<port>, or unix:// and a path");
  }
}

function* tlsFindings(tls: Field, protocol: Field): Generator<Finding> {
  for (const name of ["subjectAltNames", "credentialName", "credentialNames", "tlsCertificates", "httpsRedirect"]) {
    const field = tls.at(name);
    if (hasItems(field) || hasText(field) || field.boolean() === true)
      yield at(field, "remove this field: sidecars do not support it");
  }
  const mode = modeOf(tls) ?? "";
  if (["ISTIO_MUTUAL", "AUTO_PASSTHROUGH"].includes(mode)) yield at(tls.at("mode"), "use SIMPLE or MUTUAL");
  if (!protocol.isUnknown() && !isTls(protocol.string() ?? "")) yield at(protocol, "use HTTPS or TLS, or remove tls");
}
