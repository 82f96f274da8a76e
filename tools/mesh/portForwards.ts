// The ports of the ingress gateway on this machine.
import { until } from "../../lib/process.ts";
import { publish } from "../../lib/publish.ts";
import { publishedPorts } from "../../testbed/publishedPorts.ts";
import type { Stack } from "../stack/stack.ts";
import { instanceOf, kubeConfigOf } from "../stack/target.ts";
import { podConnections } from "./podConnection.ts";

/** Ports of the loopback that lead to the gateway's ports 80 and 443. */
export interface PortForwards {
  readonly http: number;
  readonly https: number;
}

/** Where the load balancer publishes the gateway; on a cluster of the user's, for as long as this process runs. */
export async function portForwardsOf(
  { target }: Pick<Stack, "target">,
  { namespace, service }: { readonly namespace: string; readonly service: string },
): Promise<PortForwards> {
  const forward = (port: number, preferred: number): Promise<number> => {
    if (target.kind !== "testbed") {
      return publish(preferred, podConnections(kubeConfigOf(target), namespace, service, port));
    }
    const instance = instanceOf(target);
    const key = `${namespace}/${service}:${port}`;
    return until("the load balancer of the ingress gateway", 30, () => publishedPorts(instance)[key]);
  };
  return { http: await forward(80, 8180), https: await forward(443, 8543) };
}
