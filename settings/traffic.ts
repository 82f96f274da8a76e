import { reporting } from "../components/arguments.ts";
import {
  checkHostTraffic,
  hostTrafficShape,
  type HostTrafficOptions,
} from "../components/traffic/hostTrafficOptions.ts";
import { routedHost } from "../components/traffic/routing/routing.ts";
import { scenarioOf } from "../scenarios/index.ts";
import { fields, text, type Conflict, type Fields } from "./combinations.ts";
import { externalHosts } from "./externalHosts.ts";
import * as field from "../lib/schema/fields.ts";
import { trafficClients } from "./trafficClients.ts";
import { homeOf, stackTraffic } from "./trafficHosts.ts";
import { trafficPorts } from "./trafficPorts.ts";
import { trafficProtocols } from "./trafficProtocols.ts";
import { trafficTargets } from "./trafficTargets.ts";
import { waysIn } from "./waysIn.ts";

/** What a stack file says about the traffic to one host. */
export interface HostTrafficSettings extends HostTrafficOptions {
  /**
   * Namespace of the service, or of those who call a host outside; one of the stack's own.
   * @default - Bookinfo's
   */
  readonly namespace?: string;
}

const host = field.section({ ...hostTrafficShape, namespace: field.namespace.exactOptional() });

/** Hosts and what happens to the requests for them: exactly the arguments of `HostTraffic`. */
export const traffic = field
  .named(routedHost, host, "hosts to what happens to their requests")
  .superRefine((hosts, context) => {
    const report = reporting(context);
    for (const [name, args] of Object.entries<unknown>(hosts)) {
      if (typeof args !== "object" || args === null || Array.isArray(args)) continue;
      checkHostTraffic(name, fields(args), (path, reason) => {
        report([name, ...path], reason);
      });
    }
  }, field.always)
  .transform((hosts): Readonly<Record<string, HostTrafficSettings>> => hosts);

/** Rules about traffic and the rest of the stack. Sections may be wrong by themselves, so nothing is taken for granted. */
export function* trafficCombinations(settings: unknown): Iterable<Conflict> {
  const stack = fields(settings);
  const home = homeOf(stack);
  const scenario = scenarioOf(text(stack.scenario) ?? "");
  if (scenario && home === undefined) {
    yield { path: ["scenario"], reason: "is about Bookinfo, which is not enabled: set mesh:bookinfo.enabled to true" };
  }
  const namespaces = [
    ...(home === undefined ? [] : [home]),
    ...Object.entries(fields(stack.applications)).map(([name, each]) => text(fields(each).namespace) ?? name),
  ];
  const hosts = Object.entries(fields(stack.traffic)).map(([name, args]) => ({ name, args: fields(args) }));
  const routed = new Set<string>();
  for (const { name, args } of hosts) {
    const path = ["traffic", name];
    const namespace = text(args.namespace) ?? home;
    if (namespace === undefined || !namespaces.includes(namespace)) {
      const known =
        namespaces.length > 0 ? field.list(namespaces, "or") : "one of an application, of which there is none";
      yield { path: [...path, "namespace"], reason: `must be a namespace of this stack: ${known}` };
    }
    const fullName = qualified(text(args.host) ?? name, namespace ?? "");
    if (routed.has(fullName)) {
      yield {
        path,
        reason: "is about a host that stands here already by another name: Istio does not merge their routes",
      };
    }
    routed.add(fullName);
  }
  yield* egressGatewayIsThere(stack, hosts, scenario?.traffic);

  const known = stackTraffic(stack);
  for (const rules of [trafficPorts, trafficProtocols, trafficTargets, trafficClients, externalHosts])
    yield* rules(known);
  yield* waysIn(stack, known);
}

function* egressGatewayIsThere(
  stack: Fields,
  hosts: readonly { readonly name: string; readonly args: Fields }[],
  ofScenario: Readonly<Record<string, HostTrafficOptions>> = {},
): Iterable<Conflict> {
  if (fields(fields(stack.istio).egressGateway).enabled !== false) return;
  const reason = "needs the egress gateway, which is not enabled: set mesh:istio.egressGateway.enabled to true";
  for (const { name, args } of hosts) {
    if (fields(args.external).egressGateway === true)
      yield { path: ["traffic", name, "external", "egressGateway"], reason };
  }
  if (Object.values(ofScenario).some(({ external }) => external?.egressGateway)) yield { path: ["scenario"], reason };
}

/** Istio reads a host without a dot as a service of the namespace of the object that names it. */
const qualified = (name: string, namespace: string) =>
  name.includes(".") ? name : `${name}.${namespace}.svc.cluster.local`;
