import { answer, istio, to, type Case } from "./case.ts";

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
