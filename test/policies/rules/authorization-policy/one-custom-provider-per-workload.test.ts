import { oneCustomProviderPerWorkload } from "../../../../policies/rules/authorization-policy/one-custom-provider-per-workload.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, pods } from "../../istioctlObjects.ts";

const custom = (name: string, labels?: object, namespace?: string) =>
  anObject(
    "AuthorizationPolicy",
    name,
    { ...(labels && { selector: { matchLabels: labels } }), action: "CUSTOM", provider: { name }, rules: [{}] },
    namespace,
  );
const both = ["0 spec.provider.name", "1 spec.provider.name"] as const;

describeRule(oneCustomProviderPerWorkload, {
  open: false,
  accepts: {
    "one provider": [custom("alpha", { app: "cart" }), custom("alpha", { app: "cart" })],
    "other pods": [custom("alpha", { app: "cart" }), custom("beta", { app: "pay" })],
    "another namespace": [custom("alpha", { app: "cart" }), custom("beta", { app: "cart" }, "other")],
    "labels that no pods have together": [custom("alpha", { app: "cart" }), custom("beta", { tier: "front" })],
    "another action": [
      custom("alpha"),
      anObject("AuthorizationPolicy", "a", { action: "ALLOW", provider: { name: "beta" } }),
    ],
  },
  refuses: {
    "two for the same pods": [[custom("alpha", { app: "cart" }), custom("beta", { app: "cart" })], ...both],
    "one for the namespace": [[custom("alpha"), custom("beta", { app: "cart" })], ...both],
    "one for the mesh": [[custom("alpha", undefined, "istio-system"), custom("beta", { app: "cart" })], ...both],
    "labels that pods have together": [
      [custom("alpha", { app: "cart" }), custom("beta", { tier: "front" }), pods({ app: "cart", tier: "front" })],
      ...both,
    ],
  },
});
