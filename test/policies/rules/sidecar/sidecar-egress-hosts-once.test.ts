import { sidecarEgressHostsOnce } from "../../../../policies/rules/sidecar/sidecar-egress-hosts-once";
import { testRule } from "../../testRule";
import { sidecar } from "../../valid";

testRule(sidecarEgressHostsOnce, [
  sidecar,
  [
    ["a host twice", { "spec.egress[0].hosts[1]": "*/mysql.example.com" }],
    ["a host among all of a namespace", { "spec.egress[2].hosts[3]": "istio-system/a.example.com" }],
    ["the own namespace by name and dot", { "spec.egress[2].hosts[3]": "prod/*" }],
    ["a namespace among all", { "spec.egress[0].hosts": ["*/*", "prod/*"] }],
  ],
]);
