import { httpAbortWithStatus } from "../../../../policies/rules/virtual-service/http-abort-with-status.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const routed = "spec.http[0]";

testRule(httpAbortWithStatus, [
  virtualService,
  [["no status", { [`${routed}.fault.abort.httpStatus`]: undefined }, [`${routed}.fault.abort`]]],
]);
