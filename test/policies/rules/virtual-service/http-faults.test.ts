import { httpFaults } from "../../../../policies/rules/virtual-service/http-faults.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const routed = "spec.http[0]";

testRule(httpFaults, [
  virtualService,
  [
    ["nothing that goes wrong", { [`${routed}.fault`]: {} }],
    ["more than all requests", { [`${routed}.fault.delay.percentage.value`]: 100.1 }],
    ["fewer than no requests", { [`${routed}.fault.abort.percentage.value`]: -1 }],
    ["too few requests", { [`${routed}.fault.abort.percentage.value`]: 0.00001 }],
    ["a status that is none", { [`${routed}.fault.abort.httpStatus`]: 199 }],
    ["a status beyond all", { [`${routed}.fault.abort.httpStatus`]: 601 }],
    [
      "an unknown status of gRPC",
      { [`${routed}.fault.abort`]: { grpcStatus: "BROKEN" } },
      [`${routed}.fault.abort.grpcStatus`],
    ],
    ["an error of HTTP/2", { [`${routed}.fault.abort`]: { http2Error: "a" } }, [`${routed}.fault.abort.http2Error`]],
    [
      "a delay that grows",
      { [`${routed}.fault.delay`]: { exponentialDelay: "1s" } },
      [`${routed}.fault.delay.exponentialDelay`],
    ],
  ],
]);
