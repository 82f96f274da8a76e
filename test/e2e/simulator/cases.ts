// What one VirtualService alone does not show: several objects that meet, and proxies that know less than others.
import { answer, everywhere, istio, to, versions, type Case } from "./case.ts";
import { HOME, service } from "./ground.ts";

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
];
