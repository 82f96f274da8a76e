// One route from one place: its requests, and those that show its destination's policy and what failures do.
import { qualified } from "../istio/hosts.ts";
import type { HttpRoute } from "../istio/virtualService.ts";
import { FaultsOnRequest } from "./faultsOnRequest.ts";
import { failureChecks } from "./failureChecks.ts";
import { notVerified, type Check, type Finding } from "./findings.ts";
import { measureRoute, routeOfPlan, type Plan } from "./measureRoute.ts";
import type { Mesh } from "./mesh.ts";
import { poolChecks } from "./poolChecks.ts";
import { policyOf } from "./policies.ts";
import type { ProbeSource } from "./probeSource.ts";
import { requestsOf } from "./requests.ts";
import { serviceOf } from "./services.ts";
import { withCleanup } from "./withCleanup.ts";
import type { Options } from "./verify.ts";

export async function measurePlan(mesh: Mesh, plan: Plan, alpha: number, { provoke }: Options): Promise<Finding> {
  const finding = await measureRoute(plan, alpha);
  const { namespace } = plan.virtualService.metadata;
  const further = [
    ...(plan.source.place.gateway === "mesh" ? await ofPolicy(mesh, plan) : []),
    ...(provoke ? await ofFailures(mesh, plan, finding) : []),
  ];
  return {
    ...finding,
    // What is known now takes the place of what was not verified.
    checks: [...finding.checks.filter(({ what }) => !further.some((check) => check.what === what)), ...further],
    look: commandsFor(plan.source, plan.host, namespace),
  };
}

const only = ({ route = [] }: HttpRoute) => (route.length === 1 ? route[0]?.destination : undefined);

const firstRequest = ({ virtualService, index, source, host, paths }: Plan) =>
  requestsOf(virtualService.spec.http ?? [], index, source.place, host, paths)[0];

/** A policy shows where all requests of a route go to one destination. */
async function ofPolicy({ declared }: Mesh, plan: Plan): Promise<Check[]> {
  const { source, virtualService } = plan;
  const { namespace } = virtualService.metadata;
  const route = routeOfPlan(plan);
  const policies = (route.route ?? []).map(({ destination: { host, subset } }) =>
    policyOf(declared.destinationRules, host, namespace, subset),
  );
  const [policy, ...more] = policies;
  const [destination, request] = [only(route), firstRequest(plan)];
  if (policy === undefined || policies.every((each) => Object.keys(each).length === 0)) return [];
  if (!destination || more.length > 0)
    return [notVerified("traffic policy", "-", "requests go to several destinations")];
  if (!request || failsAlways(route)) return [notVerified("traffic policy", "-", "no request reaches the service")];
  const { host, subset } = destination;
  return poolChecks({ host, subset, namespace, policy, source, request });
}

const failsAlways = ({ fault }: HttpRoute): boolean =>
  fault?.abort !== undefined && (fault.abort.percentage?.value ?? 100) === 100;

async function ofFailures(mesh: Mesh, plan: Plan, { checks }: Finding): Promise<Check[]> {
  const { source, virtualService } = plan;
  const { namespace } = virtualService.metadata;
  const { timeout, ...rest } = routeOfPlan(plan);
  const fired = checks.some(({ what, verdict }) => what === "timeout" && verdict !== "not verified");
  const route: HttpRoute = { ...rest, ...(timeout !== undefined && !fired && { timeout }) };
  const [destination, request] = [only(route), firstRequest(plan)];
  const service = destination && serviceOf(mesh.declared.services, destination.host, namespace);
  if (!destination || !request || failsAlways(route) || service?.spec.selector === undefined) return [];
  const policy = policyOf(mesh.declared.destinationRules, destination.host, namespace, destination.subset);
  if (route.timeout === undefined && !route.retries && !policy.outlierDetection) return [];

  const faults = await FaultsOnRequest.at(mesh.config, service.metadata.namespace, service.spec.selector);
  return withCleanup(
    () => faults.remove(),
    async () => {
      await faults.ready(source, request, plan.narrow === true);
      return failureChecks({ route, policy, namespace, source, request, faults });
    },
  );
}

/** Where to look when something does not hold: commands of istioctl about a route of a host, for the proxy that did not do as declared. */
function commandsFor({ proxy, place }: ProbeSource, host: string, namespace: string): string[] {
  const route = place.gateway === "mesh" ? String(place.port) : `${place.scheme}.${place.port}`;
  return [
    `istioctl proxy-config route ${proxy} --name ${route} -o yaml`,
    ...(place.gateway === "mesh"
      ? [`istioctl proxy-config cluster ${proxy} --fqdn ${qualified(host, namespace)}`]
      : []),
    `istioctl analyze -n ${namespace}`,
  ];
}
