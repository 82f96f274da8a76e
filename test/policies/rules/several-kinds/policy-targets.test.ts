import { policyTargets } from "../../../../policies/rules/several-kinds/policy-targets.ts";
import { testRule } from "../../testRule.ts";
import { customAuthorizationPolicy, envoyFilter, requestAuthentication } from "../../valid.ts";

testRule(
  policyTargets,
  [
    customAuthorizationPolicy,
    [
      ["a selector and targets", { "spec.selector": { matchLabels: { a: "b" } } }, ["spec.targetRefs"]],
      ["no name", { "spec.targetRefs[0].name": "" }],
      ["another namespace", { "spec.targetRefs[0].namespace": "team" }],
      ["another kind", { "spec.targetRefs[0].kind": "Deployment" }],
      ["another group", { "spec.targetRefs[0].group": "networking.istio.io" }, ["spec.targetRefs[0].kind"]],
    ],
  ],
  [
    requestAuthentication,
    [
      ["one target and several", { "spec.targetRefs": [{ kind: "Service", name: "a" }] }],
      ["a Service of a group", { "spec.targetRef.group": "apps" }, ["spec.targetRef.kind"]],
      ["a Service of the core", { "spec.targetRef.group": "core" }, []],
    ],
  ],
  [
    envoyFilter,
    [
      [
        "a selector and targets",
        { "spec.targetRefs": [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "a" }] },
      ],
      [
        "a target without its group",
        { "spec.workloadSelector": undefined, "spec.targetRefs": [{ kind: "Gateway", name: "a" }] },
        ["spec.targetRefs[0].kind"],
      ],
    ],
  ],
);
