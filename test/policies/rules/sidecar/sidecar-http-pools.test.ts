import { sidecarHttpPools } from "../../../../policies/rules/sidecar/sidecar-http-pools.ts";
import { testRule } from "../../testRule.ts";
import { sidecar } from "../../valid.ts";

testRule(sidecarHttpPools, [
  sidecar,
  [["a port of TCP", { "spec.ingress[0].port.protocol": "TCP" }, ["spec.ingress[0].connectionPool.http"]]],
]);
