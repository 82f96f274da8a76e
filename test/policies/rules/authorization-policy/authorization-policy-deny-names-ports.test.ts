import { authorizationPolicyDenyNamesPorts } from "../../../../policies/rules/authorization-policy/authorization-policy-deny-names-ports.ts";
import { describeRule } from "../../describeRule.ts";
import type { Manifest } from "../../judge.ts";

const policy = (operation: unknown, action = "DENY"): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { action, rules: [{ to: [{ operation }] }] },
});
const here = "spec.rules[0].to[0].operation";

describeRule(authorizationPolicyDenyNamesPorts, {
  accepts: {
    "methods of a port": [policy({ methods: ["POST"], ports: ["9080"] })],
    "all but a port": [policy({ paths: ["/admin"], notPorts: ["3306"] })],
    "a port alone": [policy({ ports: ["3306"] })],
    "methods that are allowed": [policy({ methods: ["GET"] }, "ALLOW")],
  },
  refuses: {
    "methods of any port": [[policy({ methods: ["POST"] })], here],
    "paths of any port": [[policy({ notPaths: ["/health"], ports: [] })], here],
    "hosts of any port": [[policy({ hosts: ["shop.example"] })], here],
  },
});
