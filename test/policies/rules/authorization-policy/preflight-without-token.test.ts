import { preflightWithoutToken } from "../../../../policies/rules/authorization-policy/preflight-without-token.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, anObject, INGRESS, ingressPods, routing, serving } from "../../istioctlObjects.ts";

const requiring = (to?: readonly object[], rest: object = {}, namespace = "istio-ingress") =>
  anObject(
    "AuthorizationPolicy",
    "login",
    {
      action: "DENY",
      selector: { matchLabels: INGRESS },
      rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }], ...(to && { to }) }],
      ...rest,
    },
    namespace,
  );
const operation = (fields: object) => [{ operation: fields }];
const gateway = aGateway("entry", [serving(["shop.example.com"])]);
const route = (rest: object = {}) => ({
  corsPolicy: { allowOrigins: [{ exact: "https://www.example.com" }] },
  route: [{ destination: { host: "cart" } }],
  ...rest,
});
const routes = (rest?: object) => routing("shop.example.com", { gateways: ["entry"], http: [route(rest)] });
const under = (prefix: string) => routes({ match: [{ uri: { prefix } }] });
const others = [gateway, ingressPods, routes()];
const here = "0 spec.rules[0]";

describeRule(preflightWithoutToken, {
  open: false,
  accepts: {
    "OPTIONS left out": [requiring(operation({ notMethods: ["OPTIONS"] })), ...others],
    "OPTIONS left out by a pattern": [requiring(operation({ notMethods: ["OPT*"] })), ...others],
    "other methods": [requiring(operation({ methods: ["GET", "POST"] })), ...others],
    "another host": [requiring(operation({ hosts: ["pay.example.com"] })), ...others],
    "another path": [requiring(operation({ paths: ["/admin/*"] })), gateway, ingressPods, under("/cart")],
    "ports, which may be others": [requiring(operation({ ports: ["8443"] })), ...others],
    "other conditions beside": [
      requiring([], {
        rules: [{ from: [{ source: { notRequestPrincipals: ["*"], ipBlocks: ["203.0.113.0/24"] } }] }],
      }),
      ...others,
    ],
    "a header beside": [
      requiring([], {
        rules: [
          {
            when: [
              { key: "request.auth.claims[group]", notValues: ["a"] },
              { key: "request.headers[x-a]", values: ["*"] },
            ],
          },
        ],
      }),
      ...others,
    ],
    "claims that a token has": [
      requiring([], { rules: [{ when: [{ key: "request.auth.claims[group]", values: ["guest"] }] }] }),
      ...others,
    ],
    "no corsPolicy": [requiring(), gateway, ingressPods, routing("shop.example.com", { gateways: ["entry"] })],
    "a corsPolicy for sidecars": [requiring(), gateway, ingressPods, routing("cart", { http: [route()] })],
    "a policy for other pods": [requiring([], { selector: { matchLabels: { app: "cart" } } }), ...others],
    "a policy of another namespace": [requiring(undefined, {}, "shop"), ...others],
    "pods that are not declared": [requiring(), gateway, routes()],
    "what only counts what is allowed": [requiring(undefined, { action: "ALLOW" }), ...others],
  },
  refuses: {
    "every request without a token": [[requiring(), ...others], here],
    "a policy of the mesh": [[requiring(undefined, {}, "istio-system"), gateway, routes()], here],
    "a policy of a namespace": [[requiring(undefined, { selector: {} }), ...others], here],
    "the host": [[requiring(operation({ hosts: ["shop.example.com"] })), ...others], here],
    "all hosts of a domain": [[requiring(operation({ hosts: ["*.example.com:*"] })), ...others], here],
    "every method": [[requiring(operation({ methods: ["*"] })), ...others], here],
    "another method left out": [[requiring(operation({ notMethods: ["GET"] })), ...others], here],
    "a path of the route": [
      [requiring(operation({ paths: ["/cart/items*"] })), gateway, ingressPods, under("/cart")],
      here,
    ],
    "all paths around the route": [
      [requiring(operation({ paths: ["/*"] })), gateway, ingressPods, under("/cart")],
      here,
    ],
    "a path that begins as the route does": [
      [requiring(operation({ paths: ["/ca*"] })), gateway, ingressPods, under("/cart")],
      here,
    ],
    "the path of a route for one": [
      [
        requiring(operation({ paths: ["/cart"] })),
        gateway,
        ingressPods,
        routes({ match: [{ uri: { exact: "/cart" } }] }),
      ],
      here,
    ],
    "a claim that must be there": [
      [requiring([], { rules: [{ when: [{ key: "request.auth.claims[group]", notValues: ["staff"] }] }] }), ...others],
      here,
    ],
  },
});
