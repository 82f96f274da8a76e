import { tokenRequired } from "../../../../policies/rules/request-authentication/token-required.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, routing } from "../../istioctlObjects.ts";

const selector = { matchLabels: { app: "cart" } };
const checking = (rest: object = { selector }, namespace?: string, rule: object = {}) =>
  anObject(
    "RequestAuthentication",
    "cart",
    { ...rest, jwtRules: [{ issuer: "https://login.example", ...rule }] },
    namespace,
  );
const policy = (spec: object, namespace?: string) => anObject("AuthorizationPolicy", "some", spec, namespace);
const asking = { rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] };
const get = { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] };
const here = "0 spec.jwtRules";

describeRule(tokenRequired, {
  open: false,
  accepts: {
    "a policy of the same pods that asks for a token": [checking(), policy({ selector, ...asking })],
    "a policy of the namespace that asks for one": [checking(), policy(asking)],
    "a policy of the mesh that asks for one": [checking(), policy(asking, "istio-system")],
    "a policy that denies requests without one": [
      checking(),
      policy({ action: "DENY", rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }] }),
    ],
    "a policy that asks for a claim": [
      checking(),
      policy({ rules: [{ when: [{ key: "request.auth.claims[group]", values: ["a"] }] }] }),
    ],
    "a policy of some of the pods": [checking({}), policy({ selector, ...asking })],
    "clients by name, where a gateway asks for a token": [
      checking(),
      policy({ rules: [{ from: [{ source: { principals: ["cluster.local/ns/edge/sa/entry"] } }] }] }),
      policy(asking, "edge"),
    ],
    "a provider that decides": [checking(), policy({ action: "CUSTOM", provider: { name: "ext" }, rules: [{}] })],
    "a policy that lets nobody in": [checking(), policy({})],
    "routes that depend on a claim": [
      checking(),
      routing("cart", {
        http: [
          {
            match: [{ headers: { "@request.auth.claims.group": { exact: "a" } } }],
            route: [{ destination: { host: "cart" } }],
          },
        ],
      }),
    ],
    "claims that the application gets": [
      checking(undefined, undefined, { outputClaimToHeaders: [{ header: "x-sub", claim: "sub" }] }),
    ],
    "nothing to check": [anObject("RequestAuthentication", "cart", { selector })],
  },
  refuses: {
    "no policy": [[checking()], here],
    "a policy that asks for something else": [[checking(), policy({ selector, ...get })], here],
    "clients by name, where nobody asks for a token": [
      [checking(), policy({ rules: [{ from: [{ source: { principals: ["cluster.local/ns/edge/sa/entry"] } }] }] })],
      here,
    ],
    "a policy of other pods": [[checking(), policy({ selector: { matchLabels: { app: "pay" } }, ...asking })], here],
    "a policy of another namespace": [[checking(), policy(asking, "other")], here],
  },
});
