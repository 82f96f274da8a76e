import { sidecarEffective } from "../../../../policies/rules/sidecar/sidecar-effective.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, anObject, pods } from "../../istioctlObjects.ts";

const sidecar = (labels?: object) =>
  anObject("Sidecar", "own", labels ? { workloadSelector: { labels } } : { egress: [] });
const cart = { app: "cart" };
const ambient = (labels: object = {}) => aNamespace("shop", { "istio.io/dataplane-mode": "ambient", ...labels });

describeRule(sidecarEffective, {
  accepts: {
    "pods with sidecars": [sidecar(cart), pods(cart), aNamespace("shop", { "istio-injection": "enabled" })],
    "a namespace that has sidecars, too": [sidecar(), ambient({ "istio-injection": "enabled" })],
    "a namespace of a revision": [sidecar(), ambient({ "istio.io/rev": "stable" })],
    "pods that keep out of ambient mode": [
      sidecar(cart),
      pods({ ...cart, "istio.io/dataplane-mode": "none" }),
      ambient(),
    ],
    "pods that ask for a sidecar": [sidecar(cart), pods({ ...cart, "sidecar.istio.io/inject": "true" }), ambient()],
    "a namespace that is not declared": [sidecar(), sidecar(cart), pods(cart)],
  },
  refuses: {
    "a namespace in ambient mode": [[sidecar(), ambient()], "0 spec"],
    "pods of such a namespace": [[sidecar(cart), pods(cart), ambient()], "0 spec"],
    "pods in ambient mode": [
      [sidecar(cart), pods(cart, "shop", { annotations: { "ambient.istio.io/redirection": "enabled" } })],
      "0 spec",
    ],
  },
});
