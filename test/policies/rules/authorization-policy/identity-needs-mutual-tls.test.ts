import { identityNeedsMutualTls } from "../../../../policies/rules/authorization-policy/identity-needs-mutual-tls.ts";
import { describeRule } from "../../describeRule.ts";
import { authorizationPolicy, destinationRule, peerAuthentication, service } from "../../kialiObjects.ts";

const byPrincipal = authorizationPolicy({ rules: [{ from: [{ source: { principals: ["a/ns/b/sa/c"] } }] }] });
const accepting = (mode: string) => peerAuthentication({ mtls: { mode } });

describeRule(identityNeedsMutualTls, {
  accepts: {
    "mutual TLS by default": [byPrincipal],
    "mutual TLS that is demanded": [byPrincipal, accepting("STRICT")],
    "other conditions": [
      authorizationPolicy({ rules: [{ to: [{ operation: { ports: ["80"] } }] }] }),
      accepting("DISABLE"),
    ],
    "mutual TLS for the workloads": [
      authorizationPolicy({
        selector: { matchLabels: { app: "a" } },
        rules: [{ when: [{ key: "source.principal" }] }],
      }),
      accepting("DISABLE"),
      peerAuthentication({ selector: { matchLabels: { app: "a" } }, mtls: { mode: "STRICT" } }),
    ],
    "mutual TLS of the mesh": [
      byPrincipal,
      peerAuthentication({ mtls: { mode: "PERMISSIVE" } }, { namespace: "istio-system" }),
    ],
  },
  refuses: {
    "no mutual TLS in the namespace": [
      [byPrincipal, accepting("DISABLE")],
      "0 spec.rules[0].from[0].source.principals",
    ],
    "no mutual TLS in the mesh": [
      [byPrincipal, peerAuthentication({ mtls: { mode: "DISABLE" } }, { namespace: "istio-system" })],
      "0 spec.rules[0].from[0].source.principals",
    ],
    "clients that do not use it": [
      [
        authorizationPolicy({ rules: [{ from: [{ source: { notNamespaces: ["a"], ipBlocks: ["10.0.0.0/8"] } }] }] }),
        destinationRule({ host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: "DISABLE" } } }),
      ],
      "0 spec.rules[0].from[0].source.notNamespaces",
    ],
    "no mutual TLS for the workloads": [
      [
        authorizationPolicy({
          selector: { matchLabels: { app: "a" } },
          rules: [{ when: [{ key: "connection.sni" }] }],
        }),
        peerAuthentication({ selector: { matchLabels: { app: "a" } }, mtls: { mode: "DISABLE" } }),
      ],
      "0 spec.rules[0].when[0]",
    ],
    "clients of the workloads that do not use it": [
      [
        authorizationPolicy({
          selector: { matchLabels: { app: "a" } },
          rules: [{ when: [{ key: "source.namespace" }] }],
        }),
        peerAuthentication({ selector: { matchLabels: { app: "a" } }, mtls: { mode: "PERMISSIVE" } }),
        service({ selector: { app: "a" } }),
        destinationRule({ host: "reviews", trafficPolicy: { tls: { mode: "DISABLE" } } }),
      ],
      "0 spec.rules[0].when[0]",
    ],
  },
});
