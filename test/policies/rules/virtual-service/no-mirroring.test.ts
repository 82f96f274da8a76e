import { noMirroring } from "../../../../policies/rules/virtual-service/no-mirroring.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const routes = (more: object): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { hosts: ["reviews"], http: [{ route: [{ destination: { host: "reviews" } }], ...more }] },
});
const mirror = { host: "reviews", subset: "v2" };

describeRule(noMirroring, {
  accepts: { "a route": [routes({})], "no mirrors": [routes({ mirrors: [] })] },
  refuses: {
    "a mirror": [[routes({ mirror, mirrorPercentage: { value: 10 } })], "spec.http[0].mirror"],
    "several mirrors": [
      [routes({ mirrors: [{ destination: mirror }, { destination: mirror }] })],
      "spec.http[0].mirrors[0]",
      "spec.http[0].mirrors[1]",
    ],
  },
  waits: { "computed mirrors": [[routes({ mirrors: unknown.list })], "spec.http[0].mirrors"] },
});
