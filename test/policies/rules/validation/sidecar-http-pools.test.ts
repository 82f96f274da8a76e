import { sidecarHttpPools } from "../../../../policies/rules/validation/sidecar-http-pools";
import { testRule } from "./lib/testRule";
import { sidecar } from "./lib/valid";

testRule(sidecarHttpPools, [
  sidecar,
  [["a port of TCP", { "spec.ingress[0].port.protocol": "TCP" }, ["spec.ingress[0].connectionPool.http"]]],
]);
