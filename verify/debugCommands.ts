// Where to look when something does not hold: the commands of istioctl that show what the proxies were told.
import { qualified } from "../istio/hosts.ts";
import type { ProbeSource } from "./probeSource.ts";

/** Commands about a route of a host, for the proxy that did not do as declared. */
export function commandsFor({ proxy, place }: ProbeSource, host: string, namespace: string): string[] {
  const route = place.gateway === "mesh" ? String(place.port) : `${place.scheme}.${place.port}`;
  return [
    `istioctl proxy-config route ${proxy} --name ${route} -o yaml`,
    ...(place.gateway === "mesh"
      ? [`istioctl proxy-config cluster ${proxy} --fqdn ${qualified(host, namespace)}`]
      : []),
    `istioctl analyze -n ${namespace}`,
  ];
}
