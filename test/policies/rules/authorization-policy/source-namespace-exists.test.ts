import { sourceNamespaceExists } from "../../../../policies/rules/authorization-policy/source-namespace-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { authorizationPolicy, namespace, service } from "../../kialiObjects.ts";

const fromNamespaces = (...namespaces: string[]) =>
  authorizationPolicy({ rules: [{ from: [{ source: { namespaces } }] }] });

describeRule(sourceNamespaceExists, {
  open: false,
  accepts: {
    "declared namespaces": [fromNamespaces("shop", "other", "default", "istio-system"), namespace("other")],
    "a namespace that something lives in": [
      fromNamespaces("other"),
      service({}, { namespace: "other" }),
      namespace("shop"),
    ],
    "no Namespace at all": [fromNamespaces("other")],
    patterns: [fromNamespaces("*", "sh*", "*op")],
  },
  refuses: {
    "a namespace that is not there": [
      [fromNamespaces("shop", "shops"), namespace("shop")],
      "0 spec.rules[0].from[0].source.namespaces[1]",
    ],
    "patterns that fit none": [
      [fromNamespaces("x*", "*x"), namespace("shop")],
      "0 spec.rules[0].from[0].source.namespaces[0]",
      "0 spec.rules[0].from[0].source.namespaces[1]",
    ],
  },
});
