import { sidecarEgressHostsOnce } from "../../../../policies/rules/sidecar/sidecar-egress-hosts-once.ts";
import { testRule } from "../../testRule.ts";
import { sidecar } from "../../valid.ts";

testRule(sidecarEgressHostsOnce, [
  sidecar,
  [
    ["a host twice", { "spec.egress[0].hosts[1]": "*/mysql.example.com" }],
    ["a host among all of a namespace", { "spec.egress[2].hosts[3]": "istio-system/a.example.com" }],
    ["the own namespace by name and dot", { "spec.egress[2].hosts[3]": "prod/*" }],
    ["a namespace among all", { "spec.egress[0].hosts": ["*/*", "prod/*"] }],
  ],
]);
