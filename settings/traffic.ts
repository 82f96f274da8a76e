import { qualified } from "../istio/hosts.ts";
import type { HostTrafficOptions } from "../components/traffic/hostTrafficOptions.ts";
import type { Draft } from "./draft.ts";
import { mapOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import type { Finding } from "../lib/schema/problems.ts";
import { externalHosts } from "./externalHosts.ts";
import { list } from "../lib/list.ts";
import { trafficClients } from "./trafficClients.ts";
import { stackTraffic } from "./trafficHosts.ts";
import { trafficPorts } from "./trafficPorts.ts";
import { trafficProtocols } from "./trafficProtocols.ts";
import { trafficTargets } from "./trafficTargets.ts";
import { waysIn } from "./waysIn.ts";

/** Rules about traffic and the rest of the stack. */
export function* trafficCombinations(draft: Draft): Iterable<Finding> {
  const { home, namespaces, scenario } = draft;
  if (scenario && home === undefined) {
    yield { path: ["scenario"], reason: "is about Bookinfo, which is not enabled: set mesh:bookinfo.enabled to true" };
  }
  const hosts = Object.entries(draft.section("traffic")).map(([name, args]) => ({ name, args: mapOf(args) }));
  const routed = new Set<string>();
  for (const { name, args } of hosts) {
    const path = ["traffic", name];
    const namespace = textOf(args.namespace) ?? home;
    if (namespace === undefined || !namespaces.includes(namespace)) {
      const known = namespaces.length > 0 ? list(namespaces, "or") : "one of an application, of which there is none";
      yield { path: [...path, "namespace"], reason: `must be a namespace of this stack: ${known}` };
    }
    const fullName = qualified(textOf(args.host) ?? name, namespace ?? "");
    if (routed.has(fullName)) {
      yield {
        path,
        reason: "is about a host that stands here already by another name: Istio does not merge their routes",
      };
    }
    routed.add(fullName);
  }
  yield* egressGatewayIsThere(draft, hosts, scenario?.traffic);

  const known = stackTraffic(draft);
  for (const rules of [trafficPorts, trafficProtocols, trafficTargets, trafficClients, externalHosts])
    yield* rules(known);
  yield* waysIn(draft, known);
}

function* egressGatewayIsThere(
  draft: Draft,
  hosts: readonly { readonly name: string; readonly args: Untrusted }[],
  ofScenario: Readonly<Record<string, HostTrafficOptions>> = {},
): Iterable<Finding> {
  if (mapOf(draft.section("istio").egressGateway).enabled !== false) return;
  const reason = "needs the egress gateway, which is not enabled: set mesh:istio.egressGateway.enabled to true";
  for (const { name, args } of hosts) {
    if (mapOf(args.external).egressGateway === true)
      yield { path: ["traffic", name, "external", "egressGateway"], reason };
  }
  if (Object.values(ofScenario).some(({ external }) => external?.egressGateway)) yield { path: ["scenario"], reason };
}
