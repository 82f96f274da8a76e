import { registryOnly, webPorts } from "./egress.ts";
import { rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/ */
export const egressGateway: Scenario = {
  id: "egress-gateway",
  description: "Requests for www.example.com leave the mesh through the egress gateway, all others not at all",
  task: "https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/",
  traffic: { "www.example.com": rules({ external: { ports: webPorts, egressGateway: true } }) },
  istiod: registryOnly,
};
