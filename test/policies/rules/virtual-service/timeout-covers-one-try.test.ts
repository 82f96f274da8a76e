import { timeoutCoversOneTry } from "../../../../policies/rules/virtual-service/timeout-covers-one-try.ts";
import { describeRule } from "../../describeRule.ts";
import { routing } from "../../istioctlObjects.ts";

const route = (rest: object) => routing("cart", { http: [{ route: [{ destination: { host: "cart" } }], ...rest }] });
const retries = { attempts: 3, perTryTimeout: "5s" };
const here = "spec.http[0].retries.perTryTimeout";

describeRule(timeoutCoversOneTry, {
  accepts: {
    "a longer timeout": [route({ timeout: "20s", retries })],
    "a timeout of one attempt": [route({ timeout: "5s", retries })],
    "no timeout": [route({ retries })],
    "no limit": [route({ timeout: "0s", retries })],
    "no limit for an attempt": [route({ timeout: "2s", retries: { attempts: 3 } })],
    "no attempts": [route({ timeout: "2s", retries: { ...retries, attempts: 0 } })],
    "other units": [route({ timeout: "1m", retries: { attempts: 1, perTryTimeout: "1500ms" } })],
  },
  refuses: {
    "a shorter timeout": [[route({ timeout: "2s", retries })], here],
    "a shorter timeout in other units": [[route({ timeout: "1500ms", retries })], here],
  },
});
