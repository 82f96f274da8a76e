import type { Field } from "../../model/field.ts";
import { fqdnProblem } from "../../values/hosts.ts";
import { DNS_LABEL_TEXT, isDnsLabel } from "../../values/names.ts";
import { places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

/** Lists of gateways in a VirtualService. */
export const GATEWAY_LISTS = [
  "gateways",
  "http[].match[].gateways",
  "tls[].match[].gateways",
  "tcp[].match[].gateways",
];

/**
 * The gateways of a list that Istio's validation reads: it stops after the first that is no `<namespace>/<name>`.
 */
export function* readGateways(list: Field): Generator<readonly [gateway: Field, text: string]> {
  for (const gateway of list.items()) {
    const text = gateway.string();
    if (text === undefined) continue;
    yield [gateway, text];
    if (!text.includes("/")) return;
  }
}

export const gatewayReferences = rejected({
  id: "gateway-references",
  title: "A route names a Gateway as <namespace>/<name>, or by its name in the same namespace.",
  remediation: "Use the Gateway's name, or <namespace>/<name>, each with letters, digits and hyphens only.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const path of GATEWAY_LISTS) {
      for (const list of places(spec, path)) {
        for (const [gateway, text] of readGateways(list)) {
          const [namespace = "", name] = /^([^/]*)(?:\/(.*))?$/s.exec(text)?.slice(1) ?? [];
          const fits =
            name === undefined ? fqdnProblem(namespace) === undefined : isDnsLabel(namespace) && isDnsLabel(name);
          if (!fits) yield at(gateway, `use <namespace>/<name>, where each part is ${DNS_LABEL_TEXT}`);
        }
      }
    }
  },
});
