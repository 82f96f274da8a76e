// Who may call whom, and how.
import { everywhere, istio, to, type Case } from "./case.ts";
import { service } from "./ground.ts";

export const securityCases: readonly Case[] = [
  {
    about: "mutual TLS",
    objects: [
      service("strict", {}, { app: "guarded" }),
      service("strict-plain", { ports: [{ name: "http", port: 8080 }] }, { app: "guarded" }),
      service("open-port", { ports: [{ name: "http", port: 8081 }] }, { app: "guarded" }),
      service("no-proxy", {}, { app: "bare-echo" }),
      service("no-proxy-mutual", {}, { app: "bare-echo" }),
      istio("PeerAuthentication", "guarded", {
        selector: { matchLabels: { app: "guarded" } },
        mtls: { mode: "STRICT" },
        portLevelMtls: { 8081: { mode: "DISABLE" } },
      }),
      istio("DestinationRule", "strict-plain", { host: "strict-plain", trafficPolicy: { tls: { mode: "DISABLE" } } }),
      istio("DestinationRule", "no-proxy-mutual", {
        host: "no-proxy-mutual",
        trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
      }),
    ],
    asks: ["strict:8080", "strict-plain:8080", "no-proxy:8080", "no-proxy-mutual:8080"].flatMap((host) =>
      everywhere(`http://${host.replace(":", ".sim:")}/free`),
    ),
  },
  {
    about: "authorization",
    objects: [
      istio("AuthorizationPolicy", "guarded", {
        selector: { matchLabels: { app: "guarded" } },
        rules: [
          { to: [{ operation: { paths: ["/free*"] } }] },
          {
            from: [{ source: { principals: ["cluster.local/ns/sim/sa/caller"] } }],
            to: [{ operation: { methods: ["GET"] } }],
          },
          { from: [{ source: { namespaces: ["elsewhere"] } }], to: [{ operation: { paths: ["/parts/{*}/x"] } }] },
        ],
      }),
      istio("AuthorizationPolicy", "guarded-deny", {
        selector: { matchLabels: { app: "guarded" } },
        action: "DENY",
        rules: [
          { to: [{ operation: { notMethods: ["GET", "DELETE"] } }] },
          { when: [{ key: "request.headers[x-bad]", values: ["*"] }] },
        ],
      }),
      istio("VirtualService", "strict", {
        hosts: ["strict"],
        http: [
          { match: [{ uri: { prefix: "/rewritten" } }], rewrite: { uri: "/free" }, ...to("strict") },
          to("strict"),
        ],
      }),
    ],
    asks: ["GET", "DELETE", "POST"].flatMap((method) =>
      ["/free/x", "/own", "/parts/1/x", "/parts/1/2/x", "/rewritten"].flatMap((path) => [
        ...everywhere(`http://strict.sim:8080${path}`, { method }),
        { url: `http://strict:8080${path}`, method, headers: { "x-bad": "1" } },
      ]),
    ),
  },
];
