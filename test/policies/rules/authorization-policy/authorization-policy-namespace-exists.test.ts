import { authorizationPolicyNamespaceExists } from "../../../../policies/rules/authorization-policy/authorization-policy-namespace-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, anObject } from "../../istioctlObjects.ts";

const policy = (source: object) => anObject("AuthorizationPolicy", "allow", { rules: [{ from: [{ source }] }] });

describeRule(authorizationPolicyNamespaceExists, {
  open: false,
  accepts: {
    "a namespace": [policy({ namespaces: ["shop"] }), aNamespace("shop")],
    "parts of names": [policy({ namespaces: ["*op", "sh*", "*"] }), aNamespace("shop")],
    "another spelling": [policy({ notNamespaces: ["Shop"] }), aNamespace("shop")],
    "no namespaces": [policy({ principals: ["*"] }), aNamespace("shop")],
    "any, where no Namespace is declared": [policy({ namespaces: ["shop"] })],
  },
  refuses: {
    "one that is not there": [
      [policy({ namespaces: ["shop", "shpo"] }), aNamespace("shop")],
      "0 spec.rules[0].from[0].source.namespaces[1]",
    ],
    "one that is not there among those shut out": [
      [policy({ notNamespaces: ["shpo"] }), aNamespace("shop")],
      "0 spec.rules[0].from[0].source.notNamespaces[0]",
    ],
    "a part of no name": [
      [policy({ namespaces: ["*pp"] }), aNamespace("shop")],
      "0 spec.rules[0].from[0].source.namespaces[0]",
    ],
  },
});
