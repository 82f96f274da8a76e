import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isPort, PORT_TEXT } from "../../values/hosts.ts";
import { DNS_LABEL_TEXT, isDnsLabel } from "../../values/names.ts";
import { isHttp, isKnownProtocol, isTls, PROTOCOL_TEXT } from "../../values/protocols.ts";
import { places, repeated } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const serviceEntryPorts = rejected({
  id: "service-entry-ports",
  title: "Each port of a ServiceEntry has a name, number and protocol, and tells several hosts apart.",
  remediation:
    "Give each port a name such as http-api, a number of its own from 1 to 65535 and a protocol, for several hosts HTTP or TLS.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const ports = places(spec, "ports[]");
    for (const port of ports) yield* portFindings(port);
    for (const number of repeated(ports.map((port) => port.at("number")))) {
      yield at(number, "write another number: a port before has the same");
    }
    const resolution = spec.at("resolution");
    if (resolution.isAbsent() || resolution.isUnknown() || resolution.string() === "NONE") return;
    if (spec.at("hosts").items().length < 2) return;
    for (const port of ports) {
      const protocol = port.at("protocol");
      const word = protocol.string() ?? "";
      if (!protocol.isUnknown() && !isHttp(word) && !isTls(word)) {
        yield at(protocol, "write HTTP or TLS, or name one host only: only those tell several hosts apart");
        break;
      }
    }
  },
});

function* portFindings(port: Field): Generator<Finding> {
  const [name, number] = [port.at("name"), port.at("number")];
  const text = name.isAbsent() ? "" : name.string();
  if (text !== undefined && !isDnsLabel(text)) yield at(name, `write ${DNS_LABEL_TEXT}`);
  const value = number.isAbsent() ? 0 : number.number();
  if (value !== undefined && !isPort(value)) yield at(number, PORT_TEXT);
  const target = port.at("targetPort");
  if (!isPort(target.number() ?? 1)) yield at(target, PORT_TEXT);
  const protocol = port.at("protocol");
  const word = protocol.string() ?? "";
  if (word !== "" && !isKnownProtocol(word)) yield at(protocol, PROTOCOL_TEXT);
}
