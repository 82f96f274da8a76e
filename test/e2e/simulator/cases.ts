// What one VirtualService alone does not show: several objects that meet, and proxies that know less than others.
import { CALLERS, HOME, service, type Caller } from "./ground.ts";

export interface Case {
  /** What it is about. */
  readonly about: string;
  readonly objects: readonly object[];
  readonly asks: readonly Ask[];
}

export interface Ask {
  readonly from?: Caller;
  readonly url: string;
  /** Where the connection goes, if not to the host of the URL. */
  readonly to?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const istio = (kind: string, name: string, spec: object, namespace = HOME): object => ({
  apiVersion: `${["PeerAuthentication", "AuthorizationPolicy"].includes(kind) ? "security" : "networking"}.istio.io/v1`,
  kind,
  metadata: { name, namespace },
  spec,
});

const versions = (host: string, names: readonly string[], more: object = {}, namespace = HOME) =>
  istio(
    "DestinationRule",
    `${host}-${names.join("-")}`.replaceAll(/[^a-z0-9-]/g, "x"),
    { host, subsets: names.map((version) => ({ name: version, labels: { version } })), ...more },
    namespace,
  );

const to = (host: string, subset?: string, port?: number) => ({
  route: [
    {
      destination: {
        host,
        ...(subset !== undefined && { subset }),
        ...(port !== undefined && { port: { number: port } }),
      },
    },
  ],
});

const answer = (status: number, match?: object) => ({ ...(match && { match: [match] }), directResponse: { status } });

const everywhere = (url: string, more: Partial<Ask> = {}): Ask[] => CALLERS.map((from) => ({ from, url, ...more }));

export const cases: readonly Case[] = [
  {
    about: "delegates",
    objects: [
      service("tree"),
      versions("tree", ["v1", "v2"]),
      istio("VirtualService", "tree", {
        hosts: ["tree"],
        http: [
          { match: [{ uri: { prefix: "/a" }, headers: { "x-user": { exact: "jason" } } }], delegate: { name: "leaf" } },
          { match: [{ uri: { prefix: "/b" } }], delegate: { name: "leaf", namespace: "elsewhere" }, timeout: "5s" },
          { match: [{ uri: { prefix: "/c" } }], delegate: { name: "not-there" } },
          to("tree", "v1"),
        ],
      }),
      istio("VirtualService", "leaf", {
        http: [
          { match: [{ uri: { exact: "/a/x" } }], ...to("tree", "v2") },
          { match: [{ uri: { prefix: "/contradicts" } }], ...to("tree", "v2") },
          answer(299),
        ],
      }),
      istio(
        "VirtualService",
        "leaf",
        { http: [{ rewrite: { uri: "/from-leaf" }, ...to("tree.sim.svc.cluster.local", "v2") }] },
        "elsewhere",
      ),
    ],
    asks: ["/a/x", "/a/y", "/b/z", "/c", "/contradicts", "/"].flatMap((path) => [
      { url: `http://tree:8080${path}`, headers: { "x-user": "jason" } },
      { url: `http://tree:8080${path}` },
    ]),
  },
  {
    about: "two for one host",
    objects: [
      service("twice"),
      istio("VirtualService", "twice-b", { hosts: ["twice"], http: [answer(211, { uri: { prefix: "/b" } })] }),
      istio("VirtualService", "twice-a", { hosts: ["twice.sim.svc.cluster.local"], http: [answer(212)] }),
    ],
    asks: [{ url: "http://twice:8080/" }, { url: "http://twice:8080/b" }],
  },
  {
    about: "wildcard hosts",
    objects: [
      istio("ServiceEntry", "wild", {
        hosts: ["a.wild.test", "b.wild.test", "deep.a.wild.test"],
        location: "MESH_INTERNAL",
        resolution: "STATIC",
        ports: [{ number: 8080, name: "http", protocol: "HTTP" }],
        workloadSelector: { labels: { app: "echo", version: "v3" } },
      }),
      istio("VirtualService", "wild", { hosts: ["*.wild.test"], http: [answer(221)] }),
      istio("VirtualService", "wild-a", { hosts: ["a.wild.test"], http: [answer(222)] }),
      istio("VirtualService", "wild-deep", { hosts: ["*.a.wild.test"], http: [answer(223)] }),
    ],
    asks: ["a.wild.test", "b.wild.test", "deep.a.wild.test", "none.wild.test", "B.Wild.Test"].map((host) => ({
      url: `http://${host}:8080/`,
      to: "plain.sim",
    })),
  },
  {
    about: "hosts that no service has",
    objects: [
      service("eighty", { ports: [{ name: "http", port: 80, targetPort: 8080 }] }),
      istio("VirtualService", "made-up", { hosts: ["made-up.example"], http: [to("eighty")] }),
    ],
    asks: [80, 8080].map((port) => ({
      url: `http://made-up.example:${port}/`,
      to: port === 80 ? "eighty.sim" : "plain.sim",
    })),
  },
  {
    about: "exportTo",
    objects: [
      service("hidden", {}),
      istio("VirtualService", "hidden", { hosts: ["hidden"], exportTo: ["."], http: [answer(231)] }),
      istio(
        "VirtualService",
        "hidden",
        { hosts: ["hidden.sim.svc.cluster.local"], exportTo: ["."], http: [answer(232)] },
        "elsewhere",
      ),
      {
        ...service("secret"),
        metadata: { name: "secret", namespace: HOME, annotations: { "networking.istio.io/exportTo": "." } },
      },
    ],
    asks: [...everywhere("http://hidden.sim:8080/"), ...everywhere("http://secret.sim:8080/")],
  },
  {
    about: "DestinationRules of several namespaces",
    objects: [
      service("ruled"),
      versions("ruled", ["v1", "v2"]),
      versions("ruled.sim.svc.cluster.local", ["v1"], {}, "elsewhere"),
      versions("*.sim.svc.cluster.local", ["v1", "v3"], {}, "narrow"),
      istio("VirtualService", "ruled", {
        hosts: ["ruled"],
        http: ["v1", "v2", "v3"].map((version) => ({
          match: [{ uri: { exact: `/${version}` } }],
          ...to("ruled", version),
        })),
      }),
    ],
    asks: ["/v1", "/v2", "/v3"].flatMap((path) => everywhere(`http://ruled.sim:8080${path}`)),
  },
  {
    about: "subsets of several objects",
    objects: [
      service("merged"),
      versions("merged", ["v1"], { trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } }),
      versions("merged", ["v1", "v2"], { trafficPolicy: { tls: { mode: "DISABLE" } } }),
      istio("VirtualService", "merged", {
        hosts: ["merged"],
        http: [{ match: [{ uri: { exact: "/v2" } }], ...to("merged", "v2") }, to("merged", "v1")],
      }),
    ],
    asks: [{ url: "http://merged:8080/v2" }, { url: "http://merged:8080/" }],
  },
  {
    about: "a Sidecar",
    objects: [
      istio(
        "Sidecar",
        "default",
        {
          egress: [{ hosts: ["./*", "sim/plain.sim.svc.cluster.local", "sim/*.ruled.example"] }],
          outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
        },
        "narrow",
      ),
    ],
    asks: ["plain", "twice", "tree"].map((name) => ({ from: "narrow", url: `http://${name}.sim:8080/` })),
  },
  {
    about: "names of nobody",
    objects: [],
    asks: (["sim", "narrow"] as const).map((from) => ({ from, url: "http://nobody.example:8080/x", to: "plain.sim" })),
  },
  {
    about: "a port that is not for HTTP",
    objects: [
      service("raw", { ports: [{ name: "tcp", port: 8082 }] }),
      istio("VirtualService", "raw", { hosts: ["raw"], http: [answer(241)] }),
    ],
    asks: everywhere("http://raw.sim:8082/"),
  },
  {
    about: "a port whose protocol is found out",
    objects: [
      service("guessed", { ports: [{ port: 8082 }] }),
      istio("VirtualService", "guessed", {
        hosts: ["guessed"],
        http: [answer(242, { uri: { exact: "/x" } }), to("guessed")],
      }),
    ],
    asks: ["/", "/x"].map((path) => ({ url: `http://guessed:8082${path}` })),
  },
  {
    about: "ports of destinations",
    objects: [
      service("ports", {
        ports: [
          { name: "http", port: 8080 },
          { name: "http-b", port: 9090, targetPort: 8081 },
        ],
      }),
      service("other-port", { ports: [{ name: "http", port: 9090, targetPort: 8081 }] }),
      istio("VirtualService", "ports", {
        hosts: ["ports"],
        http: [
          { match: [{ uri: { exact: "/named" } }], ...to("other-port", undefined, 9090) },
          { match: [{ uri: { exact: "/wrong" } }], ...to("ports", undefined, 7070) },
          { match: [{ uri: { exact: "/implied" } }], ...to("other-port") },
          to("ports"),
        ],
      }),
    ],
    asks: [8080, 9090].flatMap((port) =>
      ["/named", "/wrong", "/implied", "/"].map((path) => ({ url: `http://ports:${port}${path}` })),
    ),
  },
  {
    about: "a headless service",
    objects: [
      service("headless", { clusterIP: "None" }),
      istio("VirtualService", "headless", {
        hosts: ["headless"],
        http: [answer(251, { uri: { exact: "/x" } }), to("headless")],
      }),
    ],
    asks: [{ url: "http://headless:8080/" }, { url: "http://headless:8080/x" }],
  },
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

/** What comes in from outside, at the gateway of the stack. */
export const gatewayCase: Case = {
  about: "a gateway",
  objects: [
    istio("Gateway", "doors", {
      selector: { istio: "ingressgateway" },
      servers: [
        { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["sim/*.door.example", "open.example"] },
        {
          port: { number: 80, name: "http-secure", protocol: "HTTP" },
          hosts: ["tls.example"],
          tls: { httpsRedirect: true },
        },
      ],
    }),
    istio("VirtualService", "door-b", { hosts: ["shared.door.example"], gateways: ["doors"], http: [answer(261)] }),
    istio("VirtualService", "door-c", {
      hosts: ["shared.door.example"],
      gateways: ["doors"],
      http: [answer(262, { uri: { exact: "/c" } })],
    }),
    istio("VirtualService", "door-wide", {
      hosts: ["*.door.example"],
      gateways: ["sim/doors"],
      http: [{ match: [{ uri: { prefix: "/v" }, gateways: ["sim/doors"] }], ...to("plain") }],
    }),
    istio("VirtualService", "door-mesh", {
      hosts: ["mesh.door.example"],
      gateways: ["doors", "mesh"],
      http: [answer(263, { gateways: ["mesh"] }), answer(264)],
    }),
    istio(
      "VirtualService",
      "door-elsewhere",
      {
        hosts: ["away.door.example", "open.example"],
        gateways: ["sim/doors"],
        http: [to("plain.sim.svc.cluster.local")],
      },
      "elsewhere",
    ),
    istio("VirtualService", "door-tls", { hosts: ["tls.example"], gateways: ["doors"], http: [answer(265)] }),
  ],
  asks: [
    "shared.door.example",
    "any.door.example",
    "mesh.door.example",
    "away.door.example",
    "open.example",
    "tls.example",
    "none.example",
  ].flatMap((host) =>
    ["/", "/c", "/v/1?x=y"].map((path) => ({
      from: "bare" as const,
      url: `http://${host}${path}`,
      to: "istio-ingressgateway.istio-ingress",
    })),
  ),
};
