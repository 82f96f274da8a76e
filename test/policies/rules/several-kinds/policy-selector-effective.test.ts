import { policySelectorEffective } from "../../../../policies/rules/several-kinds/policy-selector-effective.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, pods } from "../../istioctlObjects.ts";

const GATEWAY = { "gateway.networking.k8s.io/gateway-name": "entry" };
const policy = (kind: string, spec: object = { selector: { matchLabels: GATEWAY } }) => anObject(kind, "policy", spec);
const target = { targetRef: { kind: "Gateway", name: "entry" } };

describeRule(policySelectorEffective, {
  accepts: {
    "a target": [policy("AuthorizationPolicy", target), pods(GATEWAY)],
    "a selector for other pods": [
      policy("Telemetry", { selector: { matchLabels: { app: "cart" } } }),
      pods(GATEWAY),
      pods({ app: "cart" }),
    ],
    "a selector for pods elsewhere": [policy("WasmPlugin"), pods(GATEWAY, "other")],
    "no selector": [policy("RequestAuthentication", {}), pods(GATEWAY)],
  },
  refuses: {
    "an AuthorizationPolicy with a selector": [[policy("AuthorizationPolicy"), pods(GATEWAY)], "0 spec.selector"],
    "a RequestAuthentication with a selector": [[policy("RequestAuthentication"), pods(GATEWAY)], "0 spec.selector"],
    "a Telemetry with a selector": [[policy("Telemetry"), pods(GATEWAY)], "0 spec.selector"],
    "a WasmPlugin with a selector": [[policy("WasmPlugin"), pods(GATEWAY)], "0 spec.selector"],
    "a selector for all pods": [[policy("Telemetry", { selector: {} }), pods(GATEWAY)], "0 spec.selector"],
  },
});
