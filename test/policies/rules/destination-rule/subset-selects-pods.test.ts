import { subsetSelectsPods } from "../../../../policies/rules/destination-rule/subset-selects-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, aService, having, pods } from "../../istioctlObjects.ts";

const ZONE = "topology.kubernetes.io/zone";
const rule = (labels: object, host = "cart") =>
  anObject("DestinationRule", "cart", { host, subsets: [{ name: "v1", labels }] });
const cart = aService("cart");
const v1 = { app: "cart", version: "v1" };
const pod = having(anObject("Pod", "cart", { nodeName: "one" }), { labels: v1 });
const node = (zone: string) => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "one", labels: { [ZONE]: zone } },
});
const entry = (rest: object) => anObject("ServiceEntry", "db", { hosts: ["db.example"], ...rest });
const here = "0 spec.subsets[0].labels";

describeRule(subsetSelectsPods, {
  open: false,
  accepts: {
    "labels of pods": [rule({ version: "v1" }), cart, pods(v1)],
    "no labels": [rule({}), cart, pods(v1)],
    "the place of a pod": [rule({ [ZONE]: "a", "kubernetes.io/hostname": "one" }), cart, pod, node("a")],
    "a place that pods may get": [rule({ [ZONE]: "a" }), cart, pods(v1)],
    "labels of pods of a ServiceEntry": [
      rule({ version: "v1" }, "db.example"),
      entry({ workloadSelector: { labels: { app: "cart" } } }),
      pods(v1),
    ],
    "labels of an endpoint": [
      rule({ version: "v1" }, "db.example"),
      entry({ endpoints: [{ labels: v1 }] }),
      pods({ app: "pay" }),
    ],
    "labels of a WorkloadEntry": [
      rule({ version: "v1" }, "db.example"),
      entry({}),
      anObject("WorkloadEntry", "vm", { labels: v1 }),
      pods({ app: "pay" }),
    ],
    "a host that is not there": [rule({ version: "v2" }, "kart"), cart, pods(v1)],
    "any, where no pods are declared": [rule({ version: "v2" }), cart],
  },
  refuses: {
    "labels of no pods": [[rule({ version: "v2" }), cart, pods(v1)], here],
    "a place of no pod": [[rule({ [ZONE]: "b" }), cart, pod, node("a")], here],
    "labels of other pods than those of a ServiceEntry": [
      [rule({ version: "v1" }, "db.example"), entry({ workloadSelector: { labels: { app: "pay" } } }), pods(v1)],
      here,
    ],
  },
});
