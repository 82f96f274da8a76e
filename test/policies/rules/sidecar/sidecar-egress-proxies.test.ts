import { sidecarEgressProxies } from "../../../../policies/rules/sidecar/sidecar-egress-proxies";
import { testRule } from "../../testRule";
import { sidecar } from "../../valid";

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
