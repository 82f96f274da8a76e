import type { Field } from "../../../model/field.ts";
import type { Finding } from "../../../engine/rule.ts";
import { DNS_LABEL_TEXT, isDnsLabel } from "../../../values/names.ts";
import { isKnownProtocol, PROTOCOL_TEXT } from "../../../values/protocols.ts";
import { at } from "../../../values/verdicts.ts";

/** What is wrong with the port of a Sidecar's listener, apart from its number. */
export function* sidecarPortFindings(port: Field): Generator<Finding> {
  const [name, protocol, target] = [port.at("name"), port.at("protocol"), port.at("targetPort")];
  const text = name.string() ?? "";
  if (text !== "" && !isDnsLabel(text)) yield at(name, `write ${DNS_LABEL_TEXT}`);
  const word = protocol.string() ?? "";
  if (word !== "" && !isKnownProtocol(word)) yield at(protocol, PROTOCOL_TEXT);
  if ((target.number() ?? 0) > 0) yield at(target, "remove this field: a listener of a Sidecar has no target port");
}
