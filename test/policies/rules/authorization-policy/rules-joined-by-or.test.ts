import { rulesJoinedByOr } from "../../../../policies/rules/authorization-policy/rules-joined-by-or.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const policy = (...rules: readonly object[]) => anObject("AuthorizationPolicy", "some", { rules });
const from = [{ source: { namespaces: ["shop"] } }];
const to = [{ operation: { methods: ["GET"] } }];
const paths = { operation: { paths: ["/api/*"] } };

describeRule(rulesJoinedByOr, {
  accepts: {
    "one rule of both": [policy({ from, to })],
    "rules that are whole": [policy({ from, to }, { from, to: [paths] })],
    "two rules of clients": [policy({ from }, { from: [{ source: { namespaces: ["pay"] } }] })],
    "a rule of clients beside a whole one": [policy({ from }, { from, to })],
    "one item of both": [policy({ to: [{ operation: { methods: ["GET"], paths: ["/api/*"] } }] })],
    "two items of paths": [policy({ to: [paths, { operation: { paths: ["/b"] } }] })],
    "one of several namespaces or pods": [
      policy({ from: [...from, { source: { principals: ["cluster.local/ns/pay/sa/web"] } }] }),
    ],
    "a rule of clients beside one of conditions": [
      policy({ from }, { when: [{ key: "request.headers[x-user]", notValues: ["*"] }] }),
    ],
    "no rules": [policy()],
  },
  refuses: {
    "a rule of clients, then one of operations": [[policy({ from }, { to })], "spec.rules[1]"],
    "a rule of operations, then one of clients": [[policy({ to }, { from })], "spec.rules[1]"],
    "an item of methods, then one of paths": [
      [policy({ to: [{ operation: { methods: ["GET"] } }, paths] })],
      "spec.rules[0].to[1].operation",
    ],
    "an item of namespaces, then one of tokens": [
      [policy({ from: [...from, { source: { requestPrincipals: ["*"] } }] })],
      "spec.rules[0].from[1].source",
    ],
  },
});
