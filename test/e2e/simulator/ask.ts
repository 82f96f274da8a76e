import type { Request } from "../../../istio/routing/request.ts";
import type { Workload, World } from "../../../istio/routing/world.ts";
import { HOME, type Caller, type Sending } from "./ground.ts";
import type { Ask } from "./case.ts";

/** The pods that ask in a namespace. */
export function callerIn(world: World, namespace: string): Workload {
  const found = world.workloads.find((one) => one.namespace === namespace && one.name === "caller");
  if (found === undefined) throw new Error(`there is no caller in ${namespace}`);
  return found;
}

export interface Asked extends Sending {
  readonly caller: Caller;
}

/** A request of a case; at a gateway it comes from outside. */
export function asked(
  world: World,
  { from = HOME, url, to, method = "GET", headers = {} }: Ask,
  gateway?: Workload,
): Asked {
  const { hostname, port, pathname, search } = new URL(url);
  // URL folds the case of a host, which a client need not.
  const [, host = hostname] = /^http:\/\/([^:/]+)/.exec(url) ?? [];
  const request: Request = {
    from: gateway === undefined ? { pod: callerIn(world, from) } : { gateway },
    scheme: "http",
    host,
    port: Number(port || 80),
    method,
    path: pathname + search,
    headers,
  };
  return { caller: from, request, to: to ?? hostname };
}
