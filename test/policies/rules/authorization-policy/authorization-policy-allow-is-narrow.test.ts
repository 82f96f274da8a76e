import { authorizationPolicyAllowIsNarrow } from "../../../../policies/rules/authorization-policy/authorization-policy-allow-is-narrow.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const policy = (rule: unknown, action?: string): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { ...(action !== undefined && { action }), rules: [rule] },
});
const source = (conditions: object) => ({ from: [{ source: conditions }] });

describeRule(authorizationPolicyAllowIsNarrow, {
  accepts: {
    "a principal": [policy(source({ principals: ["cluster.local/ns/a/sa/b"] }))],
    "an exception beside a condition": [policy(source({ namespaces: ["a"], notPrincipals: ["b"] }))],
    "an operation": [policy({ to: [{ operation: { methods: ["GET"] } }] }, "ALLOW")],
    "a condition": [policy({ when: [{ key: "request.headers[x]", values: ["y"] }] })],
    "that everything is denied": [policy({}, "DENY")],
    "exceptions from what is denied": [policy(source({ notNamespaces: ["a"] }), "DENY")],
    "a policy that allows nothing": [{ ...policy({}), spec: {} }],
  },
  refuses: {
    "a rule without conditions": [[policy({})], "spec.rules[0]"],
    "one by the word ALLOW": [[policy({}, "ALLOW")], "spec.rules[0]"],
    "exceptions alone": [[policy(source({ notNamespaces: ["a"] }))], "spec.rules[0]"],
    "excepted paths alone": [[policy({ to: [{ operation: { notPaths: ["/admin"] } }] })], "spec.rules[0]"],
    "excepted values alone": [[policy({ when: [{ key: "source.ip", notValues: ["10.0.0.1"] }] })], "spec.rules[0]"],
  },
  waits: {
    "computed principals": [[policy(source({ principals: unknown.list }))], "spec.rules[0].from[0].source.principals"],
  },
});
