import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isPort, PORT_TEXT } from "../../values/hosts.ts";
import { DNS_LABEL_TEXT, isDnsLabel } from "../../values/names.ts";
import { isHttp, isKnownProtocol, isTls, PROTOCOL_TEXT } from "../../values/protocols.ts";
import { places, repeated } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const serviceEntryPorts = rejected({
  id: "service-entry-ports",
  title:
    "Each port of a ServiceEntry has a name, a number and a protocol, one that distinguishes hosts if there are several.",
  remediation:
    "Give each port a name such as http-api, a unique number from 1 to 65535 and a protocol, which is HTTP or TLS if there are several hosts.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const ports = places(spec, "ports[]");
    for (const port of ports) yield* portFindings(port);
    for (const number of repeated(ports.map((port) => port.at("number")))) {
      yield at(number, "use another number: an earlier port has the same one");
    }
    const resolution = spec.at("resolution");
    if (resolution.isAbsent() || resolution.isUnknown() || resolution.string() === "NONE") return;
    if (spec.at("hosts").items().length < 2) return;
    for (const port of ports) {
      const protocol = port.at("protocol");
      const word = protocol.string() ?? "";
      if (!protocol.isUnknown() && !isHttp(word) && !isTls(word)) {
        yield at(protocol, "use HTTP or TLS, or only one host: other protocols cannot distinguish several hosts");
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
