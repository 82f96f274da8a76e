// What a DestinationRule says about the choice of pods and the number of requests, shown by requests of its own.
import { qualified } from "../istio/hosts.ts";
import { statuses, serviceSeconds, wasOverloaded } from "./answers.ts";
import { endpointsOf, since } from "./counters.ts";
import type { TrafficPolicy } from "../istio/generated/specs.ts";
import { notVerified, verdictOf, type Check } from "./findings.ts";
import { limitOf, MOST_AT_ONCE } from "./policies.ts";
import type { Request } from "./requests.ts";
import { TO_PROVOKE } from "./routeChecks.ts";
import type { ProbeSource } from "./probeSource.ts";

export interface Target {
  readonly host: string;
  readonly subset: string | undefined;
  readonly namespace: string;
  readonly policy: TrafficPolicy;
  readonly source: ProbeSource;
  readonly request: Request;
}

export async function poolChecks(target: Target): Promise<Check[]> {
  const { loadBalancer, connectionPool } = target.policy;
  return [
    ...(loadBalancer?.consistentHash ? [await hashCheck(target, loadBalancer.consistentHash)] : []),
    ...(connectionPool ? [await overflowCheck(target)] : []),
    ...unseenOf(target.policy),
  ];
}

/** What a policy declares and these requests cannot show. */
export function unseenOf({ loadBalancer, outlierDetection, ...policy }: TrafficPolicy): Check[] {
  const others = Object.keys(policy).filter((name) => name !== "connectionPool");
  return [
    ...Object.keys(loadBalancer ?? {})
      .filter((name) => name !== "consistentHash")
      .map((name) =>
        notVerified(`loadBalancer.${name}`, loadBalancer?.simple ?? "-", "its choices are not predictable"),
      ),
    ...(outlierDetection
      ? [notVerified(EJECTION, `${outlierDetection.consecutive5xxErrors ?? 5}consecutive`, TO_PROVOKE)]
      : []),
    ...others.map((name) => notVerified(name, "-", "no check covers it")),
  ];
}

/** What the check of ejection is called, here and where failures are provoked. */
export const EJECTION = "ejected after errors";

const VALUES = 8;
const TIMES = 5;

type Hash = NonNullable<NonNullable<TrafficPolicy["loadBalancer"]>["consistentHash"]>;

/** The same value has to lead to the same Pod, always. */
async function hashCheck(target: Target, hash: Hash): Promise<Check> {
  const { host, subset, namespace, source, request } = target;
  const what = "the same Pod";
  const { by, withValue } = hashed(hash, request);
  const values = hash.useSourceIp === true ? 1 : VALUES;
  const used = new Set<string>();
  let pods = 0;
  let kept = 0;
  for (let value = 0; value < values; value++) {
    const before = await source.counters();
    await source.send(withValue(`verify-${value}`), { count: TIMES, parallel: 1, patience: 30, apart: true });
    const endpoints = endpointsOf(since(before, await source.counters()), qualified(host, namespace), subset);
    const hit = endpoints.filter(({ requests }) => requests > 0);
    pods = endpoints.length;
    if (hit.length === 1) kept++;
    for (const { address } of hit) used.add(address);
  }
  if (pods < 2) return notVerified(what, `by ${by}`, "there is only one Pod");
  return {
    what,
    declared: `by ${by}`,
    measured: `${kept} of ${values} values always reach the same Pod, on ${used.size} of ${pods} Pods`,
    allowed: "all",
    verdict: verdictOf(kept === values),
  };
}

function hashed(hash: Hash, request: Request): { by: string; withValue: (value: string) => Request } {
  const header = (name: string, text: (value: string) => string) => (value: string) => ({
    ...request,
    headers: { ...request.headers, [name]: text(value) },
  });
  const { httpHeaderName, httpCookie, httpQueryParameterName: parameter } = hash;
  if (httpHeaderName !== undefined) {
    return { by: `header ${httpHeaderName}`, withValue: header(httpHeaderName.toLowerCase(), (value) => value) };
  }
  if (httpCookie) {
    return { by: `cookie ${httpCookie.name}`, withValue: header("cookie", (value) => `${httpCookie.name}=${value}`) };
  }
  if (parameter !== undefined) {
    const withValue = (value: string) => ({ ...request, query: { ...request.query, [parameter]: value } });
    return { by: `parameter ${parameter}`, withValue };
  }
  return { by: "source address", withValue: () => request };
}

/** More concurrent requests than the pool takes: the rest is refused at once. */
async function overflowCheck({ policy, source, request }: Target): Promise<Check> {
  const what = "concurrent requests";
  const limit = limitOf(policy);
  if (limit === undefined) return notVerified(what, "connection pool", "it sets no limit that requests can exceed");
  const declared = `at most ${limit}`;
  if (limit > MOST_AT_ONCE) return notVerified(what, declared, "the check does not send this many concurrent requests");
  const count = 4 * limit + 40;
  const answers = await source.send(request, { count, parallel: count, patience: 30, apart: true });
  const refused = answers.filter(wasOverloaded).length;
  const served = answers.filter((answer) => serviceSeconds(answer) !== undefined).length;
  return {
    what,
    declared,
    measured: `${served} of ${count} served, ${refused} rejected (${statuses(answers)})`,
    allowed: "some rejected, no other failure",
    verdict: verdictOf(refused > 0 && served > 0 && served + refused === count),
  };
}
