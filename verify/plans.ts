// Which routes are measured from where.
import type { HttpRoute } from "../istio/virtualService.ts";
import { decisionOf, principalOf } from "./authorizationFindings.ts";
import { refOf, type Declaration, type Declared, type Gateway, type VirtualService } from "./declared.ts";
import { MESH, qualifiedGateway } from "../istio/gateways.ts";
import { qualified } from "../istio/hosts.ts";
import { selects } from "../istio/labels.ts";
import { notVerified, type Finding } from "./findings.ts";
import type { Plan } from "./measureRoute.ts";
import type { Mesh } from "./mesh.ts";
import { isNarrow, policyOf } from "./policies.ts";
import { pathsOf, serviceOf } from "./services.ts";
import { inside, outside } from "./probeSource.ts";

export interface Plans {
  readonly plans: readonly Plan[];
  /** What cannot be measured, and why. */
  readonly findings: readonly Finding[];
}

/** One plan for each route and place that it holds at. */
export function plansOf(mesh: Mesh): Plans {
  const all = [...mesh.declared.virtualServices, ...withoutRoutes(mesh.declared)].map((each) =>
    plansOfService(mesh, each),
  );
  return {
    plans: all.flatMap(({ plans }) => plans),
    findings: [...all.flatMap(({ findings }) => findings), ...mesh.declared.others.map(unread)],
  };
}

/** Policies of hosts that have no routes hold for every request: for the checks, a route that all requests take. */
function withoutRoutes({ destinationRules, virtualServices, services }: Declared): VirtualService[] {
  const routed = new Set(
    virtualServices.flatMap(({ spec, metadata }) =>
      (spec.hosts ?? []).map((host) => qualified(host, metadata.namespace)),
    ),
  );
  return destinationRules
    .filter(({ spec, metadata }) => !routed.has(qualified(spec.host, metadata.namespace)))
    .filter(({ spec, metadata }) => serviceOf(services, spec.host, metadata.namespace) !== undefined)
    .map(({ kind, metadata, spec: { host } }) => ({
      kind,
      metadata,
      spec: { hosts: [host], http: [{ route: [{ destination: { host } }] }] },
    }));
}

/** An object that no check understands. */
export const unread = (object: Declaration<unknown>): Finding => ({
  host: object.metadata.name,
  object: `${object.kind} ${refOf(object)}`,
  rule: "the whole object",
  from: "nowhere",
  requests: 0,
  checks: [notVerified(object.kind, "-", "no check supports it")],
});

function plansOfService(mesh: Mesh, virtualService: VirtualService): Plans {
  const { spec, metadata } = virtualService;
  const about = { object: `VirtualService ${refOf(virtualService)}`, host: spec.hosts?.[0] ?? "", requests: 0 };
  const plans: Plan[] = [];
  const findings: Finding[] = [];
  const skip = (rule: string, from: string, why: string) => {
    findings.push({ ...about, rule, from, checks: [notVerified(rule, "-", why)] });
  };
  if (spec.tcp) skip("tcp", "inside", "TCP and TLS routes are not measured");
  if (spec.tls) skip("tls", "inside", "TCP and TLS routes are not measured");
  for (const gateway of (spec.gateways ?? [MESH]).map((name) => qualifiedGateway(name, metadata.namespace))) {
    for (const [index, route] of (spec.http ?? []).entries()) {
      if (!holdsAt(route, gateway, metadata.namespace)) continue;
      if (gateway === MESH) {
        const found = insidePlan(mesh, virtualService, index);
        if (typeof found === "string") skip(`http[${index}]`, "inside", found);
        else plans.push(found);
      } else {
        plans.push(...outsidePlans(mesh, virtualService, index, gateway, route));
      }
    }
  }
  return { plans, findings };
}

const holdsAt = ({ match }: HttpRoute, gateway: string, namespace: string): boolean =>
  match === undefined ||
  match.some(({ gateways }) => gateways?.map((name) => qualifiedGateway(name, namespace)).includes(gateway) ?? true);

/** The plan for the client pod, or why there is none. */
function insidePlan(mesh: Mesh, virtualService: VirtualService, index: number): Plan | string {
  const { declared, client } = mesh;
  const { namespace } = virtualService.metadata;
  if (!client) return "no client Pod in the mesh: enable mesh:bookinfo.client";
  if (isExternal(mesh, virtualService)) return "routes to external hosts are not measured; egress is";
  const found = (virtualService.spec.hosts ?? [])
    .map((host) => ({ host, service: serviceOf(declared.services, host, namespace) }))
    .find(({ service }) => service !== undefined);
  const port = found?.service?.spec.ports?.[0]?.port;
  if (!found?.service || port === undefined) return "its host is not a service of this stack";
  const { host, service } = found;
  const principal = principalOf(client.pod);
  const [path = "/"] = pathsOf(declared, service);
  if (decisionOf(declared, service, { principal, method: "GET", path, host }) === "refused") {
    return "mesh:security refuses the client Pod's requests: add sleep to the callers of the service";
  }
  const address = `${service.metadata.name}.${service.metadata.namespace}`;
  return {
    virtualService,
    index,
    // The name as the route has it, if the client's namespace understands it.
    host: client.pod.metadata?.namespace === namespace ? host : address,
    paths: pathsOf(mesh.declared, service),
    source: inside(mesh, namespace, address, port),
    narrow: isNarrow(policyOf(declared.destinationRules, host, namespace)),
  };
}

/** Hosts outside the mesh have checks of their own. */
const isExternal = ({ declared }: Mesh, { spec: { hosts = [] } }: VirtualService): boolean =>
  declared.serviceEntries.some((entry) => entry.spec.hosts.some((host) => hosts.includes(host)));

function outsidePlans(
  mesh: Mesh,
  virtualService: VirtualService,
  index: number,
  gatewayRef: string,
  { route = [] }: HttpRoute,
): Plan[] {
  const { namespace } = virtualService.metadata;
  const gateway = mesh.declared.gateways.find((each) => refOf(each) === gatewayRef);
  if (!gateway || !isIngress(mesh, gateway)) return [];
  const service = serviceOf(mesh.declared.services, route[0]?.destination.host ?? "", namespace);
  return (gateway.spec.servers ?? []).flatMap(({ port, hosts, tls }) => {
    // Redirects and certificates of clients are looked at by the check of the gateway.
    if (tls?.httpsRedirect === true || tls?.mode === "MUTUAL") return [];
    const scheme = tls === undefined ? "http" : "https";
    const host = virtualService.spec.hosts?.find((each) => hosts.includes(each));
    if (host === undefined || ![80, 443].includes(port.number)) return [];
    return [
      {
        virtualService,
        index,
        host,
        paths: service ? pathsOf(mesh.declared, service) : [],
        source: outside(mesh, namespace, gatewayRef, { scheme, port: mesh.portForwards[scheme] }),
      },
    ];
  });
}

/** Whether the ingress gateway's pods serve it. */
export function isIngress({ ingress }: Mesh, { spec }: Gateway): boolean {
  const labels = ingress.pods[0]?.metadata?.labels ?? {};
  return selects(spec.selector ?? {}, labels);
}
