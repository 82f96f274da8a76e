import { matchedTokenValidated } from "../../../../policies/rules/authorization-policy/matched-token-validated.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, pods } from "../../istioctlObjects.ts";

const cart = { matchLabels: { app: "cart" } };
const policy = (rule: object, rest: object = { selector: cart }, namespace?: string) =>
  anObject("AuthorizationPolicy", "cart", { ...rest, rules: [rule] }, namespace);
const asking = { from: [{ source: { requestPrincipals: ["*"] } }] };
const claim = { when: [{ key: "request.auth.claims[group]", values: ["staff"] }] };
const validating = (rest: object = { selector: cart }, namespace?: string) =>
  anObject("RequestAuthentication", "cart", { ...rest, jwtRules: [{ issuer: "https://login.example" }] }, namespace);
const key = "0 spec.rules[0].when[0].key";

describeRule(matchedTokenValidated, {
  open: false,
  accepts: {
    "the same pods": [policy(asking), validating()],
    "all pods of the namespace": [policy(claim), validating({})],
    "all pods of the mesh": [policy(claim), validating({}, "istio-system")],
    "a policy of all pods, of which some validate": [policy(claim, {}), validating()],
    "a policy of the mesh, of which some pods validate": [policy(claim, {}, "istio-system"), validating()],
    "other labels of the same pods": [
      policy(claim, { selector: { matchLabels: { version: "v1" } } }),
      validating(),
      pods({ app: "cart", version: "v1" }),
    ],
    "the same Gateway": [
      policy(claim, { targetRefs: [{ kind: "Gateway", name: "waypoint" }] }),
      validating({ targetRefs: [{ kind: "Gateway", name: "waypoint" }] }),
    ],
    "an EnvoyFilter that validates": [
      policy(claim),
      anObject("EnvoyFilter", "login", {
        configPatches: [{ patch: { value: { name: "envoy.filters.http.jwt_authn" } } }],
      }),
    ],
    "nothing about tokens": [policy({ when: [{ key: "request.headers[x-group]", values: ["staff"] }] })],
    "empty lists": [policy({ from: [{ source: { requestPrincipals: [] } }] })],
    "a provider that decides": [policy(claim, { action: "CUSTOM", provider: { name: "login" } })],
  },
  refuses: {
    "nobody that validates": [[policy(claim)], key],
    "principals without anybody that validates": [[policy(asking)], "0 spec.rules[0].from[0].source.requestPrincipals"],
    "a denial of all that have no token": [
      [policy({ from: [{ source: { notRequestPrincipals: ["*"] } }] }, { action: "DENY" })],
      "0 spec.rules[0].from[0].source.notRequestPrincipals",
    ],
    "other pods that validate": [[policy(claim), validating({ selector: { matchLabels: { app: "pay" } } })], key],
    "another namespace that validates": [[policy(claim), validating({}, "istio-ingress")], key],
    "other labels of other pods": [
      [
        policy(claim),
        validating({ selector: { matchLabels: { tier: "edge" } } }),
        pods({ app: "cart", tier: "inner" }),
      ],
      key,
    ],
    "one without rules": [[policy(claim), anObject("RequestAuthentication", "cart", { selector: cart })], key],
  },
});
