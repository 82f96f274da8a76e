import { sidecarHttpPools } from "../../../../policies/rules/sidecar/sidecar-http-pools";
import { testRule } from "../../testRule";
import { sidecar } from "../../valid";

testRule(sidecarHttpPools, [
  sidecar,
  [["a port of TCP", { "spec.ingress[0].port.protocol": "TCP" }, ["spec.ingress[0].connectionPool.http"]]],
]);
