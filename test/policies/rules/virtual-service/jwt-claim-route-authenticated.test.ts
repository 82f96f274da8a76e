import { jwtClaimRouteAuthenticated } from "../../../../policies/rules/virtual-service/jwt-claim-route-authenticated.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, anObject, INGRESS, ingressPods, routing, serving } from "../../istioctlObjects.ts";

const by = (match: object, gateways = ["entry"]) => routing("shop.example", { gateways, http: [{ match: [match] }] });
const claim = { headers: { "@request.auth.claims.group": { exact: "admin" } } };
const entry = aGateway("entry", [serving(["*"])]);
const authentication = (namespace: string, matchLabels?: object) =>
  anObject("RequestAuthentication", "tokens", matchLabels ? { selector: { matchLabels } } : {}, namespace);

describeRule(jwtClaimRouteAuthenticated, {
  accepts: {
    "tokens checked at the gateway": [by(claim), entry, ingressPods, authentication("istio-ingress", INGRESS)],
    "tokens checked in the whole mesh": [by(claim), entry, ingressPods, authentication("istio-system")],
    "another header": [by({ headers: { group: { exact: "admin" } } }), entry, ingressPods],
    "a header that only looks like it": [by({ headers: { "@request.auth.claims": {} } }), entry, ingressPods],
    "a gateway without pods": [by(claim), entry],
    "the sidecars": [by(claim, ["mesh"]), ingressPods],
  },
  refuses: {
    "tokens that nobody checks": [
      [by(claim), entry, ingressPods],
      '0 spec.http[0].match[0].headers["@request.auth.claims.group"]',
    ],
    "tokens checked elsewhere": [
      [by(claim), entry, ingressPods, authentication("shop")],
      '0 spec.http[0].match[0].headers["@request.auth.claims.group"]',
    ],
    "tokens checked for other pods": [
      [by(claim), entry, ingressPods, authentication("istio-ingress", { app: "cart" })],
      '0 spec.http[0].match[0].headers["@request.auth.claims.group"]',
    ],
    "a claim that must not be there": [
      [by({ withoutHeaders: { "@request.auth.claims[group]": {} } }), entry, ingressPods],
      '0 spec.http[0].match[0].withoutHeaders["@request.auth.claims[group]"]',
    ],
  },
});
