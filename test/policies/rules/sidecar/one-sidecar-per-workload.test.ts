import { oneSidecarPerWorkload } from "../../../../policies/rules/sidecar/one-sidecar-per-workload.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, anObject, pods } from "../../istioctlObjects.ts";

const sidecar = (labels?: object, namespace?: string) =>
  anObject("Sidecar", "own", labels ? { workloadSelector: { labels } } : { egress: [] }, namespace);
const ambient = aNamespace("shop", { "istio.io/dataplane-mode": "ambient" });
const cart = { app: "cart" };
const here = "spec.workloadSelector.labels";

describeRule(oneSidecarPerWorkload, {
  withCodes: true,
  accepts: {
    "one for the namespace and one for some pods": [sidecar(), sidecar(cart), pods(cart)],
    "different pods": [sidecar(cart), sidecar({ app: "pay" }), pods(cart), pods({ app: "pay" })],
    "the same labels in different namespaces": [sidecar(cart), sidecar(cart, "other"), pods(cart), pods(cart, "other")],
    "one for each namespace": [sidecar(), sidecar(undefined, "other")],
    "two that are idle in ambient mode": [sidecar(), sidecar(), sidecar(cart), sidecar(cart), pods(cart), ambient],
  },
  refuses: {
    "two for the same pods": [[sidecar(cart), sidecar(cart), pods(cart)], `IST0110 0 ${here}`, `IST0110 1 ${here}`],
    "two for some of the same pods": [
      [sidecar(cart), sidecar({ version: "v1" }), pods({ ...cart, version: "v1" })],
      `IST0110 0 ${here}`,
      `IST0110 1 ${here}`,
    ],
    "two for a namespace": [[sidecar(), sidecar({})], `IST0111 0 ${here}`, `IST0111 1 ${here}`],
  },
});
