import { describe, expect, it } from "vitest";
import { decide, type Call } from "../../istio/authorization.ts";
import type { AuthorizationPolicySpec } from "../../istio/generated/specs.ts";

const call: Call = {
  principal: "cluster.local/ns/shop/sa/till",
  method: "GET",
  path: "/orders/7",
  host: "cart.shop:8080",
  port: 8080,
  headers: { "x-tenant": "blue" },
  claims: { iss: "https://login.example.com", sub: "jane", groups: ["ops", "dev"] },
};

type Rule = NonNullable<AuthorizationPolicySpec["rules"]>[number];
const allow = (...rules: Rule[]) => ({ action: "ALLOW" as const, rules });
const deny = (...rules: Rule[]) => ({ action: "DENY" as const, rules });
const from = (source: NonNullable<NonNullable<Rule["from"]>[number]["source"]>): Rule => ({ from: [{ source }] });
const to = (operation: NonNullable<NonNullable<Rule["to"]>[number]["operation"]>): Rule => ({ to: [{ operation }] });
const when = (key: string, values: { values?: string[]; notValues?: string[] }): Rule => ({
  when: [{ key, ...values }],
});

// After https://istio.io/latest/docs/reference/config/security/authorization-policy/
describe("policies", () => {
  it.each<[what: string, decision: string | undefined, policies: AuthorizationPolicySpec[], changes?: Partial<Call>]>([
    ["allow everything where there are none", "allowed", []],
    ["refuse everything where nothing is allowed", "refused", [{}]],
    ["allow what one of them does", "allowed", [{}, allow({})]],
    ["refuse what one of them does, whatever is allowed", "refused", [allow({}), deny(to({ methods: ["GET"] }))]],
    ["count only, by AUDIT", "allowed", [{ action: "AUDIT", rules: [{}] }]],
    ["know callers by their identity", "allowed", [allow(from({ principals: ["cluster.local/ns/shop/sa/till"] }))]],
    ["know nobody without one", "refused", [allow(from({ principals: ["*"] }))], { principal: undefined }],
    ["know who somebody is not", "refused", [deny(from({ notPrincipals: ["*/sa/cart"] }))]],
    ["know namespaces", "allowed", [allow(from({ namespaces: ["shop"] }))]],
    ["know accounts", "allowed", [allow(from({ serviceAccounts: ["shop/till"] }))]],
    ["ask for all lists of a source", "refused", [allow(from({ namespaces: ["shop"], principals: ["*/sa/cart"] }))]],
    [
      "ask for one of several sources",
      "allowed",
      [allow({ from: [{ source: { namespaces: ["x"] } }, { source: { namespaces: ["shop"] } }] })],
    ],
    ["know paths by their beginning", "allowed", [allow(to({ paths: ["/orders/*"] }))]],
    ["know paths by their end", "allowed", [allow(to({ paths: ["*/7"] }))]],
    ["know one part of a path", "allowed", [allow(to({ paths: ["/{*}/7"] }))]],
    ["know that a part is one", "refused", [allow(to({ paths: ["/{*}"] }))]],
    ["know many parts of a path", "allowed", [allow(to({ paths: ["/{**}"] }))]],
    ["know hosts in any case", "allowed", [allow(to({ hosts: ["CART.shop:*"] }))]],
    ["know ports", "refused", [allow(to({ ports: ["80"] }))]],
    ["know what must not be", "refused", [allow(to({ notMethods: ["GET"] }))]],
    ["know headers", "allowed", [allow(when("request.headers[X-Tenant]", { values: ["blue"] }))]],
    ["know one claim of several", "allowed", [allow(when("request.auth.claims[groups]", { values: ["ops"] }))]],
    ["miss a claim", "refused", [deny(when("request.auth.claims[role]", { notValues: ["editor"] }))]],
    ["know tokens", "allowed", [allow(from({ requestPrincipals: ["https://login.example.com/jane"] }))]],
    ["miss a token", "refused", [deny(from({ notRequestPrincipals: ["*"] }))], { claims: undefined }],
    ["wait for somebody else's word", undefined, [{ action: "CUSTOM", provider: { name: "a" }, rules: [{}] }]],
    [
      "do not wait where it is refused anyway",
      "refused",
      [{ action: "CUSTOM", provider: { name: "a" }, rules: [{}] }, {}],
    ],
    ["do not know addresses", undefined, [allow(from({ ipBlocks: ["10.0.0.0/8"] }))]],
  ])("%s", (_what, decision, policies, changes) => {
    expect(decide(policies, { ...call, ...changes })).toBe(decision);
  });
});
