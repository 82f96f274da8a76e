import { httpRetries } from "../../../../policies/rules/virtual-service/http-retries.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const routed = "spec.http[0]";

testRule(httpRetries, [
  virtualService,
  [
    ["fewer attempts than none", { [`${routed}.retries.attempts`]: -1 }],
    ["no attempts, and when to make them", { [`${routed}.retries.attempts`]: 0 }],
    ["attempts left out", { [`${routed}.retries.attempts`]: undefined }],
    ["no attempts and nothing else", { [`${routed}.retries`]: { attempts: 0, retryOn: "" } }, []],
    ["a space after the comma", { [`${routed}.retries.retryOn`]: "5xx, reset" }],
    ["an unknown condition", { [`${routed}.retries.retryOn`]: "timeout" }],
    ["an unknown status", { [`${routed}.retries.retryOn`]: "599" }],
    ["a comma too many", { [`${routed}.retries.retryOn`]: "5xx," }],
  ],
]);
