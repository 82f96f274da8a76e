import { authorizationPolicyEffective } from "../../../../policies/rules/authorization-policy/authorization-policy-effective.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, anObject, pods } from "../../istioctlObjects.ts";

const policy = (matchLabels?: object, namespace?: string) =>
  anObject("AuthorizationPolicy", "allow", matchLabels ? { selector: { matchLabels } } : {}, namespace);
const cart = { app: "cart" };
const shop = aNamespace("shop", { "istio-injection": "enabled" });

describeRule(authorizationPolicyEffective, {
  open: false,
  accepts: {
    "one for pods with a sidecar": [policy(cart), shop, pods(cart)],
    "one for all pods of a namespace": [policy(), shop, pods(cart)],
    "one for pods in ambient mode": [
      policy(cart),
      aNamespace("shop", { "istio.io/dataplane-mode": "ambient" }),
      pods(cart),
    ],
    "one for pods of a revision": [policy(cart), aNamespace("shop", { "istio.io/rev": "stable" }), pods(cart)],
    "one for pods that ask for a sidecar": [policy(), pods({ ...cart, "sidecar.istio.io/inject": "true" })],
    "one for pods that bring their own": [
      policy(),
      pods(cart, "shop", { containers: [{ name: "istio-proxy", image: "proxy:1" }] }),
    ],
    "one for the whole mesh": [policy(undefined, "istio-system"), pods(cart)],
    "one for some pods of the mesh": [policy(cart, "istio-system"), shop, pods(cart)],
    "any, where no pods are declared": [policy(cart), shop],
  },
  refuses: {
    "one for pods that are not there": [[policy({ app: "kart" }), shop, pods(cart)], "0 spec.selector.matchLabels"],
    "one for pods elsewhere": [[policy(cart), shop, pods(cart, "other")], "0 spec.selector.matchLabels"],
    "one for pods outside of the mesh": [[policy(cart), aNamespace("shop"), pods(cart)], "0 spec.selector.matchLabels"],
    "one for a namespace without pods": [[policy(undefined, "empty"), shop, pods(cart)], "0 spec.selector.matchLabels"],
    "one for pods that keep out": [
      [policy(cart), shop, pods({ ...cart, "sidecar.istio.io/inject": "false" })],
      "0 spec.selector.matchLabels",
    ],
    "one for no pods of the mesh": [
      [policy({ app: "kart" }, "istio-system"), shop, pods(cart)],
      "0 spec.selector.matchLabels",
    ],
  },
});
