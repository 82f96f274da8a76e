// Connections and requests that are refused, and those that are not though somebody thinks so.
import { ISSUER, issuerKey, jwksOf } from "../../e2e/tokens.ts";
import {
  authorizationPolicy,
  destinationRule,
  type Manifest,
  NAMESPACE,
  peerAuthentication,
  requestAuthentication,
  SHOP_URL,
  toShop,
  virtualService,
  type Outage,
} from "./outage.ts";

const RATINGS = { service: `ratings.${NAMESPACE}.svc.cluster.local`, port: 9080 };

/** Ratings decides: it answers 200 at its path, whatever that of the request is. */
const decides = { extAuthzHttp: { ...RATINGS, pathPrefix: "/ratings/0?for=" } };
export const PROVIDERS = { decides, "decides-too": decides };

const strict = peerAuthentication({ mtls: { mode: "STRICT" } });
const withMode = (mode: string) => destinationRule({ host: "shop", trafficPolicy: { tls: { mode } } });
const subsets = (policy: object) => [
  virtualService({ hosts: ["shop"], http: [toShop({ subset: "v1" })] }),
  destinationRule({ host: "shop", subsets: [{ name: "v1", labels: { version: "v1" }, ...policy }] }),
];
const onPort = (port: string) => peerAuthentication({ portLevelMtls: { [port]: { mode: "STRICT" } } });

const tokens = requestAuthentication({ jwtRules: [{ issuer: ISSUER, jwks: jwksOf(issuerKey) }] });
const custom = (name: string): Manifest => {
  const policy = authorizationPolicy({ action: "CUSTOM", provider: { name }, rules: [{}] });
  return { ...policy, metadata: { ...policy.metadata, name } };
};
const from = [{ source: { namespaces: [NAMESPACE] } }];
const to = [{ operation: { methods: ["GET"] } }];

export const inSecurity: readonly Outage[] = [
  {
    rule: "host-keeps-mutual-tls",
    what: "off for a host",
    bad: [strict, withMode("DISABLE")],
    good: [strict, withMode("ISTIO_MUTUAL")],
    ask: ({ inMesh }) => inMesh(SHOP_URL),
    seen: { bad: 503, good: 200 },
  },
  {
    rule: "host-keeps-mutual-tls",
    what: "SIMPLE for a subset",
    bad: [strict, ...subsets({ trafficPolicy: { tls: { mode: "SIMPLE" } } })],
    good: [strict, ...subsets({})],
    ask: ({ inMesh }) => inMesh(SHOP_URL),
    seen: { bad: 503, good: 200 },
  },
  {
    rule: "port-level-mtls-on-pod-ports",
    what: "plain text is let in",
    bad: [onPort("80")],
    good: [onPort("9080")],
    ask: ({ outside }) => outside(SHOP_URL),
    seen: { bad: 200, good: 0 },
  },
  {
    rule: "token-required",
    what: "requests without a token are let in",
    bad: [tokens],
    good: [tokens, authorizationPolicy({ rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] })],
    ask: ({ inMesh }) => inMesh(SHOP_URL),
    seen: { bad: 200, good: 403 },
  },
  {
    rule: "custom-provider-configured",
    bad: [custom("nobody")],
    good: [custom("decides")],
    ask: ({ inMesh }) => inMesh(SHOP_URL),
    seen: { bad: 403, good: 200 },
  },
  {
    rule: "one-custom-provider-per-workload",
    what: "none is asked",
    bad: [custom("decides"), custom("decides-too")],
    good: [custom("decides")],
    ask: ({ inMesh }) => inMesh(SHOP_URL),
    seen: { bad: 403, good: 200 },
  },
  {
    rule: "rules-joined-by-or",
    what: "everybody is let in",
    bad: [authorizationPolicy({ rules: [{ from }, { to }] })],
    good: [authorizationPolicy({ rules: [{ from, to }] })],
    ask: ({ outside }) => outside(SHOP_URL),
    seen: { bad: 200, good: 403 },
  },
];
