// The requests of one route, and what they show.
import { sleep } from "../lib/process.ts";
import { percentile } from "./answers.ts";
import { requestsFor } from "./binomial.ts";
import { since } from "./counters.ts";
import type { HttpRoute } from "../istio/virtualService.ts";
import type { VirtualService } from "./declared.ts";
import { notVerified, type Finding } from "./findings.ts";
import { requestsOf } from "./requests.ts";
import { checkRoute, chancesOf, headersToRead } from "./routeChecks.ts";
import type { ProbeSource } from "./probeSource.ts";

/** Requests where chance has no say: an odd one in 30 would go unnoticed once in 1,000 runs. */
const FIRM = 200;
/** The same where each takes long. */
const FIRM_AND_SLOW = 40;
/** How far from the declared share the bounds lie at most. */
const MARGIN = 0.03;
/** Seconds from which on an answer is slow, and several are waited for at once. */
const SLOW = 0.15;
const AT_ONCE = 40;

export interface Plan {
  readonly virtualService: VirtualService;
  readonly index: number;
  readonly host: string;
  /** Paths that the service answers, the best first. */
  readonly paths: readonly string[];
  readonly source: ProbeSource;
  /** Whether the service takes only a few requests at once. */
  readonly narrow?: boolean;
}

export const routeOfPlan = ({ virtualService, index }: Plan): HttpRoute => virtualService.spec.http?.[index] ?? {};

/** Sends the requests of a route and judges the answers. `alpha` is the chance of a false alarm, of each share. */
export async function measureRoute(plan: Plan, alpha: number): Promise<Finding> {
  const { virtualService, index, host, paths, source, narrow = false } = plan;
  const routes = virtualService.spec.http ?? [];
  const route = routeOfPlan(plan);
  const about = aboutRoute(plan);
  const requests = requestsOf(routes, index, source.place, host, paths);
  const [first] = requests;
  if (!first) return { ...about, requests: 0, checks: [notVerified("route", "-", noRequest(route, source))] };

  const patience = 30;
  const warmUp = await source.send(first, { count: 3, parallel: narrow ? 1 : 3, patience });
  const slow = percentile(warmUp, 0.5) >= SLOW;
  const chances = chancesOf(route);
  const count = chances.length > 0 ? requestsFor(chances, alpha, MARGIN) : slow ? FIRM_AND_SLOW : FIRM;
  const parallel = narrow ? 1 : slow || route.fault?.delay ? AT_ONCE : 1;

  const before = await source.counters();
  const answers = [];
  for (const [number, request] of requests.entries()) {
    const sending = { count: part(count, requests.length, number), parallel, patience, read: headersToRead(route) };
    answers.push(...(await source.send(request, sending)));
  }
  // Copies may still be on their way when the last answer is there.
  if (route.mirrors) await sleep(500);
  const sent = since(before, await source.counters());
  const sample = { answers, sent, namespace: virtualService.metadata.namespace };
  return {
    ...about,
    requests: answers.length,
    latency: { p50: percentile(answers, 0.5), p99: percentile(answers, 0.99) },
    checks: checkRoute(route, sample, alpha),
  };
}

/** Evenly shared out, the first ones one more where it does not come out even. */
const part = (count: number, parts: number, index: number) => Math.floor((count + parts - 1 - index) / parts);

function aboutRoute({ virtualService, index, host, source }: Plan): Omit<Finding, "requests" | "checks"> {
  const { kind, metadata } = virtualService;
  const route = virtualService.spec.http?.[index];
  return {
    host,
    object: `${kind} ${metadata.namespace}/${metadata.name}`,
    rule:
      kind === "DestinationRule"
        ? matchText(route)
        : `http[${index}]${route?.name === undefined ? "" : ` ${route.name}`}: ${matchText(route)}`,
    from: source.from,
  };
}

/** A route's matches in a few words. */
export function matchText(route: HttpRoute | undefined): string {
  if (route?.match === undefined) return "every request";
  const words = route.match.map(({ uri, headers, method, withoutHeaders, queryParams, authority, ...rest }) =>
    [
      ...(uri ? [`path ${compared(uri)}`] : []),
      ...(method ? [`method ${compared(method)}`] : []),
      ...(authority ? [`authority ${compared(authority)}`] : []),
      ...Object.entries(headers ?? {}).map(([name, each]) => `${name} ${compared(each)}`),
      ...Object.entries(withoutHeaders ?? {}).map(([name, each]) => `not ${name} ${compared(each)}`),
      ...Object.entries(queryParams ?? {}).map(([name, each]) => `?${name} ${compared(each)}`),
      ...Object.keys(rest),
    ].join(" and "),
  );
  return words.join(", or ");
}

function compared({ exact, prefix, regex }: { exact?: string; prefix?: string; regex?: string }): string {
  if (exact !== undefined) return `is ${exact}`;
  if (prefix !== undefined) return `begins with ${prefix}`;
  return regex === undefined ? "is there" : `matches ${regex}`;
}

function noRequest({ match = [] }: HttpRoute, { place }: ProbeSource): string {
  const bySource = match.some(({ sourceLabels, sourceNamespace }) => sourceLabels ?? sourceNamespace);
  if (bySource) return "it applies to other clients than the available one";
  return `no request could be generated that matches this route from ${place.gateway === "mesh" ? "inside" : "outside"} the mesh`;
}
