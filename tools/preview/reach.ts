// What the internet would reach once the change is made.
import { listOf, mapOf } from "../../lib/untrusted.ts";
import type { Step } from "./events.ts";
import { gatewaysBehindLoadBalancers, hostsBehind, type LoadBalancer, type Resource } from "./loadBalancers.ts";

/** Everybody, by the addresses that there are of the door. */
const anywhere = (hasIpv6: boolean): string => (hasIpv6 ? "0.0.0.0/0, ::/0" : "0.0.0.0/0");

/** A line for each door, those that are new marked as such. */
export function reachText(steps: readonly Step[]): string[] {
  const before = doors(steps.map(({ type, name, before }) => ({ type, name, inputs: before })));
  const after = doors(steps.map(({ type, name, after }) => ({ type, name, inputs: after })));
  const closed = before.filter((line) => !after.includes(line)).map((line) => `no longer: ${line}`);
  const open = after.map((line) => (before.includes(line) ? line : `new: ${line}`));
  return open.length + closed.length === 0 ? ["nothing"] : [...open, ...closed];
}

function doors(all: readonly Resource[]): string[] {
  const resources = all.filter(({ inputs }) => inputs !== undefined);
  const balancers = gatewaysBehindLoadBalancers(resources);
  return [
    ...resources.flatMap(apiServer),
    ...balancers.filter(({ isInternetFacing }) => isInternetFacing).map((each) => balancerText(each, resources)),
    ...balancers
      .filter(({ isOfAws }) => !isOfAws)
      .map(
        (each) => `${balancerText(each, resources)}, as far as the cluster's own load balancers are on the internet`,
      ),
  ];
}

function apiServer({ type, inputs }: Resource): string[] {
  const { endpointPublicAccess, publicAccessCidrs } = mapOf(inputs?.vpcConfig);
  if (type !== "aws:eks/cluster:Cluster" || endpointPublicAccess !== true) return [];
  const ranges = listOf(publicAccessCidrs).map(String);
  const hasIpv6 = mapOf(inputs?.kubernetesNetworkConfig).ipFamily === "ipv6";
  return [`the API server of ${String(inputs?.name)}, from ${ranges.join(", ") || anywhere(hasIpv6)}`];
}

function balancerText(balancer: LoadBalancer, resources: readonly Resource[]): string {
  const { name, ports, from, hasIpv6 } = balancer;
  const hosts = hostsBehind(balancer, resources);
  const served = hosts.length === 0 ? "" : `, for ${hosts.join(", ")}`;
  return `the load balancer of ${name}, port ${ports.join(", ")}, from ${from.join(", ") || anywhere(hasIpv6)}${served}`;
}
