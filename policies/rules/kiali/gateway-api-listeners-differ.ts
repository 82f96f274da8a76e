import type { Field } from "../../field";
import type { ObjectRule } from "../../rule";
import { listenerText } from "./gateway-api-gateways-differ";
import { put } from "./lib/labels";

export const gatewayApiListenersDiffer: ObjectRule = {
  id: "gateway-api-listeners-differ",
  requires: "The listeners of a Gateway of the Gateway API differ in host, port or protocol.",
  because: "The Gateway is refused, or takes only one of them.",
  wayOut: "Give this listener another host, port or protocol.",
  severity: "high",
  covers: ["KIA1503"],
  kinds: ["K8sGateway"],

  *check({ spec }) {
    const groups = new Map<string, Field[]>();
    for (const listener of spec.at("listeners").items()) {
      const text = listenerText(listener);
      if (text !== undefined) put(groups, text, listener);
    }
    for (const group of groups.values()) {
      if (new Set(group.map((listener) => listener.at("name").text())).size < 2) continue;
      for (const { path } of group) yield { path, message: "give this listener another host, port or protocol" };
    }
  },
};
