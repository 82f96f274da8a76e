import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

/** What only a request of HTTP has. */
const OF_HTTP = ["methods", "notMethods", "paths", "notPaths", "hosts", "notHosts"];

export const authorizationPolicyDenyNamesPorts: ObjectRule = {
  id: "authorization-policy-deny-names-ports",
  title: "A DENY rule on methods, paths or hosts names the ports it applies to.",
  rationale:
    "On a port that does not speak HTTP, Istio sees no methods, paths or hosts, so the rule denies every connection there.",
  remediation: "Add the HTTP ports to the operation.",
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
          yield { path: operation.path, message: "add the HTTP ports in `ports`" };
        }
      }
    }
  },
};

const isFilled = (list: Field) => !list.isUnknown() && list.items().length > 0;
const isEmpty = (list: Field) => !list.isUnknown() && list.items().length === 0;
