// What each proxy of a world knows, read once: a world is asked many times.
import type { Client } from "./route.ts";
import { scopeOf, scopeOfGateway, type Scope } from "./scope.ts";
import { gatewayHosts, HostTable, sidecarHosts, type GatewayServer } from "./virtualHosts.ts";
import type { Workload, World } from "./world.ts";

/** What a sidecar knows when it sends to a port. */
export interface Known {
  readonly scope: Scope;
  readonly hosts: HostTable;
}

const sidecars = new WeakMap<World, Map<string, Known>>();
const gateways = new WeakMap<
  World,
  Map<string, { readonly hosts: HostTable; readonly destinations: Client["destinations"] }>
>();

export function knownTo(world: World, pod: Workload, port: number): Known {
  return remembered(sidecars, world, `${pod.kind}/${pod.namespace}/${pod.name}:${port}`, () => {
    const scope = scopeOf(world, pod, port);
    return { scope, hosts: new HostTable(sidecarHosts(world, scope, pod, port)) };
  });
}

export function knownToGateway(world: World, servers: readonly GatewayServer[], pod: Workload) {
  const names = servers.map(
    ({ gateway, server }) => `${gateway.namespace}/${gateway.name}/${server.port.name}/${server.hosts.join()}`,
  );
  return remembered(gateways, world, `${pod.namespace}/${pod.name} ${names.join(" ")}`, () => ({
    hosts: new HostTable(gatewayHosts(world, servers, pod)),
    destinations: scopeOfGateway(world, pod),
  }));
}

function remembered<Value>(
  all: WeakMap<World, Map<string, Value>>,
  world: World,
  key: string,
  make: () => Value,
): Value {
  const own = all.get(world) ?? new Map<string, Value>();
  all.set(world, own);
  const value = own.get(key) ?? make();
  own.set(key, value);
  return value;
}
