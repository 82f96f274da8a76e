import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

/** What only a request of HTTP has. */
const OF_HTTP = ["methods", "notMethods", "paths", "notPaths", "hosts", "notHosts"];

export const authorizationPolicyDenyNamesPorts: ObjectRule = {
  id: "authorization-policy-deny-names-ports",
  title: "A rule that denies by method, path or host names the ports that it means.",
  rationale:
    "On a port that does not speak HTTP Istio knows no methods, paths or hosts: there the rule denies every connection.",
  remediation: "Add the ports that speak HTTP to the operation.",
  severity: "low",
  environment: true,
  codes: [],
  kinds: ["AuthorizationPolicy"],

  *check({ spec }) {
    if (spec.at("action").string() !== "DENY") return;
    for (const rule of spec.at("rules").items()) {
      for (const item of rule.at("to").items()) {
        const operation = item.at("operation");
        const ofHttp = OF_HTTP.filter((name) => isFilled(operation.at(name)));
        if (ofHttp.length > 0 && isEmpty(operation.at("ports")) && isEmpty(operation.at("notPorts"))) {
          yield { path: operation.path, message: "add the ports that speak HTTP, by `ports`" };
        }
      }
    }
  },
};

const isFilled = (list: Field) => !list.isUnknown() && list.items().length > 0;
const isEmpty = (list: Field) => !list.isUnknown() && list.items().length === 0;
