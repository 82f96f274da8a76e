import { sidecarEgressProxies } from "../../../../policies/rules/sidecar/sidecar-egress-proxies.ts";
import { testRule } from "../../testRule.ts";
import { sidecar } from "../../valid.ts";

const policy = "spec.outboundTrafficPolicy";

testRule(sidecarEgressProxies, [
  sidecar,
  [
    ["only known hosts", { [`${policy}.mode`]: "REGISTRY_ONLY" }],
    ["the mode left out", { [`${policy}.mode`]: undefined }],
    ["a wildcard", { [`${policy}.egressProxy.host`]: "*.example.com" }],
    ["no port", { [`${policy}.egressProxy.port`]: undefined }],
  ],
]);
