import { deniedIdentityNeedsStrict } from "../../../../policies/rules/authorization-policy/denied-identity-needs-strict.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, anObject, aService, pods } from "../../istioctlObjects.ts";

const selector = { matchLabels: { app: "cart" } };
const denying = (rule: object, rest: object = { selector }, namespace?: string) =>
  anObject("AuthorizationPolicy", "some", { action: "DENY", ...rest, rules: [rule] }, namespace);
const from = (source: object, to?: readonly object[]) => ({ from: [{ source }], ...(to && { to }) });
const web = from({ principals: ["cluster.local/ns/shop/sa/web"] });
const at = (...ports: string[]) => [{ operation: { ports } }];
const peers = (spec: object, namespace = "shop") => ({
  ...anObject("PeerAuthentication", "mode", spec, namespace),
  apiVersion: "security.istio.io/v1",
});
const namespace = aNamespace("shop", { "istio-injection": "enabled" });
const mesh = [
  aService("cart", [{ port: 80, targetPort: 8080 }], { selector: { app: "cart" } }),
  pods({ app: "cart" }),
  namespace,
];
const strict = { mtls: { mode: "STRICT" } };
const here = "0 spec.rules[0].from[0].source.principals";

describeRule(deniedIdentityNeedsStrict, {
  open: false,
  accepts: {
    "mutual TLS in the mesh": [denying(web), ...mesh, peers(strict, "istio-system")],
    "mutual TLS in the namespace": [denying(web), ...mesh, peers(strict)],
    "mutual TLS at the port": [
      denying(web),
      ...mesh,
      peers({ selector, mtls: { mode: "PERMISSIVE" }, portLevelMtls: { "8080": { mode: "STRICT" } } }),
    ],
    "all clients but some": [denying(from({ notPrincipals: ["cluster.local/ns/shop/sa/web"] })), ...mesh],
    "a policy that allows": [denying(web, { selector, action: "ALLOW" }), ...mesh],
    "addresses of clients": [denying(from({ ipBlocks: ["10.0.0.0/8"] })), ...mesh],
    "ports that no Service has": [denying(from({ principals: ["cluster.local/ns/shop/sa/web"] }, at("9090"))), ...mesh],
    "other pods": [denying(web, { selector: { matchLabels: { app: "pay" } } }), ...mesh],
    "pods outside of the mesh": [denying(web), ...mesh.slice(0, -1), aNamespace("shop")],
    "pods of which nothing is known": [denying(web), namespace],
  },
  refuses: {
    "the default, in which plain text comes in": [[denying(web), ...mesh], here],
    "a mode that takes plain text": [[denying(web), ...mesh, peers({ mtls: { mode: "PERMISSIVE" } })], here],
    "a port that takes plain text": [
      [denying(web), ...mesh, peers({ selector, ...strict, portLevelMtls: { "8080": { mode: "PERMISSIVE" } } })],
      here,
    ],
    "a rule for the port": [
      [denying(from({ principals: ["cluster.local/ns/shop/sa/web"] }, at("8080"))), ...mesh],
      here,
    ],
    "namespaces of clients": [
      [denying(from({ namespaces: ["web"] })), ...mesh],
      "0 spec.rules[0].from[0].source.namespaces",
    ],
    "a condition": [
      [denying({ when: [{ key: "source.principal", values: ["cluster.local/ns/shop/sa/web"] }] }), ...mesh],
      "0 spec.rules[0].when[0].values",
    ],
    "a policy of the mesh": [[denying(web, {}, "istio-system"), ...mesh], here],
  },
});
