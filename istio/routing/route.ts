// What a route does with a request that it takes: see applyHTTPRouteDestination in pilot/pkg/networking/core/route/route.go.
import { qualified } from "../hosts.ts";
import type { HttpRoute } from "../virtualService.ts";
import { answersPreflight, locationOf, rewrittenAuthority, rewrittenPath } from "./answers.ts";
import { deliver, type Target } from "./delivery.ts";
import type { Answered, Mirrored, Outcome, Result, Step } from "./outcome.ts";
import { pathOf, type Request } from "./request.ts";
import type { ProxyRoute } from "./virtualHosts.ts";
import { named, type Service, type Workload, type World } from "./world.ts";

/** The proxy that routes a request. */
export interface Client {
  readonly world: World;
  readonly pod: Workload;
  /** The services that its routes can lead to, by lower-case name. */
  readonly destinations: ReadonlyMap<string, Service>;
  readonly isGateway: boolean;
}

/** The faults come first, then what the route answers itself, then its destinations. */
export function resultsOf(
  client: Client,
  request: Request,
  taken: ProxyRoute,
  steps: Step[],
): Pick<Outcome, "delay" | "results"> {
  const { route, virtualService } = taken;
  const { abort, delay } = route.fault ?? {};
  const at = (field: string): Pick<Step, "object" | "path"> => ({
    object: named(virtualService),
    path: `${taken.path.replace(/\.match\[\d+\]$/, "")}.${field}`,
  });
  const duration = delay?.fixedDelay;
  const delayed = delay?.percentage === undefined ? (delay?.percent ?? 0) / 100 : (delay.percentage.value ?? 0) / 100;
  const waits = duration !== undefined && delayed > 0 ? { share: delayed, duration } : undefined;
  if (waits)
    steps.push({ text: `${percent(waits.share)} of the requests wait for ${waits.duration}`, ...at("fault.delay") });
  const aborted =
    abort?.percentage === undefined || abort.httpStatus === undefined ? 0 : (abort.percentage.value ?? 0) / 100;
  const results: Result[] = [];
  if (aborted > 0) {
    steps.push({
      text: `${percent(aborted)} of the requests get ${String(abort?.httpStatus)}, as a fault`,
      ...at("fault.abort"),
    });
    results.push({ kind: "answered", share: aborted, status: abort?.httpStatus, reason: "abort" });
  }
  const others = aborted < 1 ? withoutFaults(client, request, taken, steps, at) : [];
  results.push(...scaled(others, 1 - aborted));
  return { results, ...(waits && { delay: waits }) };
}

type At = (field: string) => Pick<Step, "object" | "path">;

function withoutFaults(client: Client, request: Request, taken: ProxyRoute, steps: Step[], at: At): readonly Result[] {
  const { route } = taken;
  const answered = (status: number, reason: Answered["reason"], location?: string): Result[] => [
    { kind: "answered", share: 1, status, reason, ...(location !== undefined && { location }) },
  ];
  if (route.redirect !== undefined) {
    const location = locationOf(route.redirect, taken, request, pathOf(request));
    steps.push({ text: `The client is sent to ${location}`, ...at("redirect") });
    return answered(route.redirect.redirectCode ?? 301, "redirect", location);
  }
  if (route.directResponse !== undefined) {
    steps.push({ text: "The route answers itself", ...at("directResponse") });
    return answered(route.directResponse.status, "direct response");
  }
  // Envoy asks for CORS only where it would go on to a destination.
  if (answersPreflight(taken, request)) {
    steps.push({ text: "The proxy answers the browser's question itself", ...at("corsPolicy") });
    return answered(200, "preflight");
  }
  const all = route.route ?? [];
  const weights = all.map(({ weight = 0 }) => (all.length === 1 ? 1 : weight));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return all.flatMap((destination, index) => {
    const weight = weights[index] ?? 0;
    if (weight === 0) return [];
    const share = weight / sum;
    if (all.length > 1) {
      steps.push({ text: `${percent(share)} of the requests go this way`, ...at(`route[${index}]`) });
    }
    const target = targetOf(client, request, taken, index, destination);
    return scaled(deliver(client, request, target, steps), share);
  });
}

function targetOf(
  client: Client,
  request: Request,
  taken: ProxyRoute,
  index: number,
  { destination, headers }: NonNullable<HttpRoute["route"]>[number],
): Target {
  const { route, virtualService } = taken;
  const host = qualified(destination.host, virtualService.namespace).toLowerCase();
  const service = client.destinations.get(host);
  const authority = rewrittenAuthority(taken, index);
  return {
    host,
    service,
    subset: destination.subset === "" ? undefined : destination.subset,
    port: destination.port?.number ?? impliedPort(client, service, request.port),
    path: rewrittenPath(taken, pathOf(request)),
    ...(authority !== undefined && { authority }),
    requestHeaders: [route.headers?.request, headers?.request].filter((one) => one !== undefined),
    timeout: route.timeout,
    retries: route.retries,
    mirrors: mirrorsOf(route, virtualService.namespace),
  };
}

/** A sidecar goes on at the port that was asked for; a gateway takes the only port of a service. */
function impliedPort({ isGateway }: Client, service: Service | undefined, port: number): number {
  const [only, ...more] = service?.ports ?? [];
  return isGateway && only !== undefined && more.length === 0 ? only.number : port;
}

function mirrorsOf(route: HttpRoute, namespace: string): readonly Mirrored[] {
  const single = route.mirrorPercentage?.value ?? route.mirrorPercent ?? route.mirror_percent ?? 100;
  const all = [
    ...(route.mirror === undefined ? [] : [{ destination: route.mirror, percentage: single }]),
    ...(route.mirrors ?? []).map((one) => ({
      destination: one.destination,
      percentage: one.percentage === undefined ? 100 : (one.percentage.value ?? 0),
    })),
  ];
  return all
    .filter(({ percentage }) => percentage > 0)
    .map(({ destination, percentage }) => ({
      host: qualified(destination.host, namespace).toLowerCase(),
      subset: destination.subset,
      percentage,
    }));
}

const scaled = (results: readonly Result[], factor: number): Result[] =>
  results.map((result) => ({ ...result, share: result.share * factor }));

/** `12.5 %`, with as many digits as it needs. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}
