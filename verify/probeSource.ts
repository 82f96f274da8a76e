// Places to send requests from, each with the proxy that decides where they go.
import type { Answer } from "./answers.ts";
import { sendFrom, type Sending } from "./client.ts";
import type { Counters } from "./counters.ts";
import type { Mesh } from "./mesh.ts";
import { repeatedly } from "../lib/repeatedly.ts";
import { sendOutside, type GatewayPort } from "./outside.ts";
import { countersOf } from "./proxy.ts";
import type { Place, Request } from "./requests.ts";

export interface ProbeSource {
  /** As the report says it. */
  readonly from: string;
  readonly place: Place;
  /** What `istioctl proxy-config` calls the proxy. */
  readonly proxy: string;
  send(request: Request, sending: Sending): Promise<Answer[]>;
  /** What the proxy has counted until now. */
  counters(): Promise<Counters>;
}

/**
 * The client pod, calling a host of the mesh.
 * @param options curl's options on top
 */
export function inside(
  mesh: Mesh,
  objectNamespace: string,
  host: string,
  port: number,
  options: string[] = [],
): ProbeSource {
  const { config, client } = mesh;
  if (!client) throw new Error("no client Pod is available");
  const { name = "", namespace = "", labels = {} } = client.pod.metadata ?? {};
  return {
    from: "inside",
    place: { gateway: "mesh", objectNamespace, scheme: "http", port, namespace, labels },
    proxy: `${name}.${namespace}`,
    send: (request, sending) =>
      sendFrom(config, client.pod, client.container, `http://${host}:${port}`, request, {
        ...sending,
        options: [...options, ...(sending.options ?? [])],
      }),
    counters: () => countersOf(config, [client.pod]),
  };
}

/** This machine, calling the ingress gateway. */
export function outside(mesh: Mesh, objectNamespace: string, gateway: string, gatewayPort: GatewayPort): ProbeSource {
  const { config, ingress } = mesh;
  const [first] = ingress.pods;
  return {
    from: "outside",
    place: { gateway, objectNamespace, scheme: gatewayPort.scheme, port: gatewayPort.scheme === "http" ? 80 : 443 },
    proxy: `${first?.metadata?.name ?? ""}.${ingress.namespace}`,
    send: (request, { count, parallel, patience }) =>
      repeatedly(count, Math.max(parallel, 2), () => sendOutside(gatewayPort, request, patience)),
    counters: () => countersOf(config, ingress.pods),
  };
}
