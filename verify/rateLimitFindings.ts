// Rate limits: a bucket is let fill up, or a window begin, and then more requests come at once than it lets pass.
import { CoreV1Api } from "@kubernetes/client-node";
import { secondsOf } from "../istio/durations.ts";
import { selects } from "../istio/labels.ts";
import { sleep } from "../lib/process.ts";
import { say } from "../lib/progress.ts";
import { refOf, type EnvoyFilter } from "./declared.ts";
import { notVerified, verdictOf, type Check, type Finding } from "./findings.ts";
import { readyPods, type Mesh } from "./mesh.ts";
import { unread } from "./plans.ts";
import { pathsOf } from "./services.ts";
import { shown } from "./routeChecks.ts";
import { inside } from "./probeSource.ts";
import { allowedIn, domainOf, untilNext, windowOf, type Allowed, type Window } from "./windows.ts";

const REFUSED = 429;
/** Longer than this, in seconds, nobody waits for a bucket to fill. */
const PATIENCE = 130;
const MOST = 400;

interface Bucket {
  readonly max_tokens: number;
  readonly tokens_per_fill: number;
  readonly fill_interval: string;
}

/** Envoy's filter, as far as it is read. */
interface LocalRateLimit {
  readonly typed_config?: { readonly token_bucket?: Bucket };
}

export function bucketOf({ spec }: EnvoyFilter): Bucket | undefined {
  return spec.configPatches
    ?.map(({ patch }) => (patch?.value as LocalRateLimit | undefined)?.typed_config?.token_bucket)
    .find((bucket) => bucket !== undefined);
}

/** How many of a burst get through: what the buckets of all pods hold, and what flows in meanwhile. */
export function allowedOf(bucket: Bucket, pods: number, seconds: number): Allowed {
  const fills = Math.floor(seconds / secondsOf(bucket.fill_interval)) + 1;
  return { low: bucket.max_tokens, high: pods * (bucket.max_tokens + fills * bucket.tokens_per_fill) };
}

/** Whether an EnvoyFilter limits requests. */
export const isLimit = (filter: EnvoyFilter): boolean =>
  bucketOf(filter) !== undefined || domainOf(filter) !== undefined;

export async function rateLimitFindings(mesh: Mesh): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const filter of mesh.declared.envoyFilters) {
    const bucket = bucketOf(filter);
    const window = windowOf(filter, mesh.declared.configMaps);
    if (bucket) findings.push(await finding(mesh, filter, { rule: "local rate limit", ...ofBucket(bucket) }));
    else if (window) findings.push(await finding(mesh, filter, { rule: "global rate limit", ...ofWindow(window) }));
    else findings.push(unread(filter));
  }
  return findings;
}

/** A limit, as it is measured. */
interface Limit {
  readonly rule: string;
  readonly declared: string;
  /** What is waited for, and for how many seconds. */
  readonly before: () => { readonly what: string; readonly seconds: number };
  /** Requests enough to reach it. */
  readonly count: (pods: number) => number;
  /** How many of them may pass, by the times, in milliseconds, at which the first was sent and the last was answered. */
  readonly allowed: (pods: number, start: number, end: number) => Allowed;
}

const ofBucket = (bucket: Bucket): Omit<Limit, "rule"> => ({
  declared: `${bucket.tokens_per_fill} in ${bucket.fill_interval}, ${bucket.max_tokens} at once`,
  before: () => ({
    what: "the bucket to fill",
    seconds: Math.ceil(bucket.max_tokens / bucket.tokens_per_fill) * secondsOf(bucket.fill_interval),
  }),
  count: (pods) => 2 * pods * bucket.max_tokens + 20,
  allowed: (pods, start, end) => allowedOf(bucket, pods, (end - start) / 1000),
});

const ofWindow = (window: Window): Omit<Limit, "rule"> => ({
  declared: `${window.requests} in ${window.seconds}s, for all pods`,
  before: () => ({ what: "the next window to begin", seconds: untilNext(window, Date.now()) }),
  count: () => 2 * window.requests + 20,
  allowed: (_pods, start, end) => allowedIn(window, start, end),
});

async function finding(mesh: Mesh, filter: EnvoyFilter, limit: Limit): Promise<Finding> {
  const { namespace } = filter.metadata;
  const labels = filter.spec.workloadSelector?.labels ?? {};
  const service = mesh.declared.services.find(
    ({ metadata, spec }) =>
      metadata.namespace === namespace && spec.selector !== undefined && selects(spec.selector, labels),
  );
  const { rule, declared } = limit;
  const result = (requests: number, check: Check): Finding => ({
    host: service?.metadata.name ?? "",
    object: `EnvoyFilter ${refOf(filter)}`,
    rule,
    from: "inside",
    requests,
    checks: [check],
  });
  const unknown = (why: string) => result(0, notVerified("requests accepted", declared, why));
  const port = service?.spec.ports?.[0]?.port;
  if (!mesh.client || !service || port === undefined) return unknown("no client or no service is available");
  if (limit.before().seconds > PATIENCE) return unknown(`it takes too long to wait for ${limit.before().what}`);

  const pods = (await readyPods(mesh.config.makeApiClient(CoreV1Api), namespace, labels)).length;
  const count = limit.count(pods);
  if (count > MOST) return unknown("the check does not send this many concurrent requests");
  const { what, seconds } = limit.before();
  say(`waiting ${shown(seconds)} for ${what} …`);
  await sleep(seconds * 1000 + 500);
  const source = inside(mesh, namespace, `${service.metadata.name}.${namespace}`, port);
  const request = { method: "GET", path: pathsOf(mesh.declared, service)[0] ?? "/", query: {}, headers: {} };
  const start = Date.now();
  const answers = await source.send(request, { count, parallel: 10, patience: 30 });
  const { low, high } = limit.allowed(pods, start, Date.now());
  // Where so many may pass, nothing shows that there is a limit.
  if (high >= count) return unknown("the requests took longer than the limit's time");
  const passed = answers.filter(({ status }) => status !== REFUSED).length;
  return result(answers.length, {
    what: "requests accepted",
    declared,
    measured: `${passed} of ${count}, the others ${REFUSED}`,
    allowed: `${low} to ${high}`,
    verdict: verdictOf(passed >= low && passed <= high),
  });
}
