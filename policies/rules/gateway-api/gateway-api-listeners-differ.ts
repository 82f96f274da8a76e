import { put } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { listenerText } from "./gateway-api-gateways-differ.ts";

export const gatewayApiListenersDiffer: ObjectRule = {
  id: "gateway-api-listeners-differ",
  title: "The listeners of a Gateway of the Gateway API differ in host, port or protocol.",
  rationale: "The Gateway is refused, or takes only one of them.",
  remediation: "Give this listener another host, port or protocol.",
  severity: "high",
  codes: ["KIA1503"],
  sources: ["kiali/business/checkers/k8sgateways/multi_match_checker.go"],
  kinds: ["K8sGateway"],

  *check({ spec }) {
    const groups = new Map<string, Field[]>();
    for (const listener of spec.at("listeners").items()) {
      const text = listenerText(listener);
      if (text !== undefined) put(groups, text, listener);
    }
    for (const group of groups.values()) {
      if (new Set(group.map((listener) => listener.at("name").string())).size < 2) continue;
      for (const { path } of group) yield { path, message: "give this listener another host, port or protocol" };
    }
  },
};
