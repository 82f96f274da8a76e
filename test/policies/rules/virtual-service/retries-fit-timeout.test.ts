import { retriesFitTimeout } from "../../../../policies/rules/virtual-service/retries-fit-timeout.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const routes = (...http: object[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { hosts: ["reviews"], http: http.map((each) => ({ route: [{ destination: { host: "reviews" } }], ...each })) },
});

describeRule(retriesFitTimeout, {
  accepts: {
    "attempts that fit": [routes({ timeout: "8s", retries: { attempts: 3, perTryTimeout: "2s" } })],
    "attempts without a limit": [routes({ retries: { attempts: 3 } })],
    "no limit in words": [routes({ timeout: "0s", retries: { attempts: 3, perTryTimeout: "2s" } })],
    "no attempts": [routes({ timeout: "1s", retries: { attempts: 0 } })],
    "a timeout alone": [routes({ timeout: "1s" })],
  },
  refuses: {
    "attempts that do not fit": [
      [routes({ timeout: "5s", retries: { attempts: 3, perTryTimeout: "2s" } })],
      "spec.http[0].timeout",
    ],
    "units that do not fit": [
      [routes({ timeout: "1s" }, { timeout: "1s", retries: { attempts: 1, perTryTimeout: "501ms" } })],
      "spec.http[1].timeout",
    ],
    "attempts without a timeout of their own": [
      [routes({ timeout: "5s", retries: { attempts: 3 } })],
      "spec.http[0].retries.perTryTimeout",
    ],
  },
  waits: {
    "a computed timeout": [
      [routes({ timeout: unknown.text, retries: { attempts: 3, perTryTimeout: "2s" } })],
      "spec.http[0].timeout",
    ],
  },
});
