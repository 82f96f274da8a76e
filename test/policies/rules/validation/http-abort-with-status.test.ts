import { httpAbortWithStatus } from "../../../../policies/rules/validation/http-abort-with-status";
import { testRule } from "./lib/testRule";
import { virtualService } from "./lib/valid";

const routed = "spec.http[0]";

testRule(httpAbortWithStatus, [
  virtualService,
  [["no status", { [`${routed}.fault.abort.httpStatus`]: undefined }, [`${routed}.fault.abort`]]],
]);
