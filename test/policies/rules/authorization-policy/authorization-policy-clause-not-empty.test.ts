import { authorizationPolicyClauseNotEmpty } from "../../../../policies/rules/authorization-policy/authorization-policy-clause-not-empty.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const policy = (rule: unknown, action = "ALLOW"): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { action, rules: [rule] },
});
const principals = ["cluster.local/ns/bookinfo/sa/productpage"];
const from = [{ source: { principals } }];
const to = [{ operation: { methods: ["GET"], paths: ["/reviews/*"] } }];

describeRule(authorizationPolicyClauseNotEmpty, {
  accepts: {
    "both clauses filled": [policy({ from, to })],
    "clauses left out": [policy({})],
    "a list that is empty beside one that is not": [policy({ from: [{ source: { principals, namespaces: [] } }] })],
    "a policy without rules": [{ ...policy({}), spec: {} }],
  },
  refuses: {
    "no sources": [[policy({ from: [], to })], "spec.rules[0].from"],
    "no operations": [[policy({ from, to: [] })], "spec.rules[0].to"],
    "a source without conditions": [[policy({ from: [{ source: {} }] })], "spec.rules[0].from[0].source"],
    "a source of an empty list": [
      [policy({ from: [{ source: { principals: [] } }] }, "DENY")],
      "spec.rules[0].from[0].source",
    ],
    "an item without an operation": [[policy({ to: [{}] })], "spec.rules[0].to[0].operation"],
    "the second source": [[policy({ from: [...from, { source: {} }] })], "spec.rules[0].from[1].source"],
  },
  waits: {
    "computed principals": [
      [policy({ from: [{ source: { principals: unknown.list } }] })],
      "spec.rules[0].from[0].source.principals",
    ],
    "computed sources": [[policy({ from: unknown.list })], "spec.rules[0].from"],
  },
});
