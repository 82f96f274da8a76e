import { sourcePrincipalExists } from "../../../../policies/rules/authorization-policy/source-principal-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { authorizationPolicy, deployment } from "../../kialiObjects.ts";

const from = (...list: string[]) => authorizationPolicy({ rules: [{ from: [{ source: { principals: list } }] }] });
const running = deployment({ app: "a" }, {}, { serviceAccountName: "app" });
const principals = (index: number) => `0 spec.rules[0].from[0].source.principals[${index}]`;

describeRule(sourcePrincipalExists, {
  open: false,
  config: { trustDomain: "example.com", trustDomainAliases: ["old.example.com"] },
  accepts: {
    "an account that a workload runs as": [from("example.com/ns/shop/sa/app"), running],
    "the account of those that name none": [from("example.com/ns/shop/sa/default"), deployment({ app: "a" })],
    "an alias of the trust domain": [from("old.example.com/ns/shop/sa/app"), running],
    "a declared account": [
      from("example.com/ns/shop/sa/spare"),
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "spare", namespace: "shop" } },
    ],
    patterns: [from("*", "example.com/ns/shop/*", "*/sa/app"), running],
    "another trust domain": [from("other.org/ns/shop/sa/any")],
  },
  refuses: {
    "an account that is not there": [[from("example.com/ns/shop/sa/none"), running], principals(0)],
    "an account of another namespace": [[from("example.com/ns/other/sa/app"), running], principals(0)],
    "no principal at all": [[from("app"), running], principals(0)],
    "a pattern that fits none": [[from("example.com/ns/other/*"), running], principals(0)],
  },
});
