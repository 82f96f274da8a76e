import { httpAbortWithStatus } from "../../../../policies/rules/virtual-service/http-abort-with-status";
import { testRule } from "../../testRule";
import { virtualService } from "../../valid";

const routed = "spec.http[0]";

testRule(httpAbortWithStatus, [
  virtualService,
  [["no status", { [`${routed}.fault.abort.httpStatus`]: undefined }, [`${routed}.fault.abort`]]],
]);
