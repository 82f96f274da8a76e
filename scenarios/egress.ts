import { rules, type Scenario } from "./scenario.ts";

/** Ports of a web server. */
export const webPorts = {
  http: { number: 80, protocol: "HTTP" },
  https: { number: 443, protocol: "HTTPS" },
} as const;

/** What no ServiceEntry makes known cannot be called; Istio's default is ALLOW_ANY. */
export const registryOnly = { meshConfig: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } } };

/** @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/ */
export const egress: Scenario = {
  id: "egress",
  description: "Of all hosts outside the mesh, only www.example.com can be called",
  task: "https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/",
  traffic: {
    "www.example.com": rules({ external: { ports: webPorts }, routes: [{ timeout: "3s", to: [{ port: 80 }] }] }),
  },
  istiod: registryOnly,
};
