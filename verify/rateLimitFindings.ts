// Local rate limits: a bucket is let fill up, and then so many requests come at once that it runs dry.
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
export function allowedOf(
  bucket: Bucket,
  pods: number,
  seconds: number,
): { readonly low: number; readonly high: number } {
  const fills = Math.floor(seconds / secondsOf(bucket.fill_interval)) + 1;
  return { low: bucket.max_tokens, high: pods * (bucket.max_tokens + fills * bucket.tokens_per_fill) };
}

export async function rateLimitFindings(mesh: Mesh): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const filter of mesh.declared.envoyFilters) {
    const bucket = bucketOf(filter);
    findings.push(bucket ? await rateLimitFinding(mesh, filter, bucket) : unread(filter));
  }
  return findings;
}

async function rateLimitFinding(mesh: Mesh, filter: EnvoyFilter, bucket: Bucket): Promise<Finding> {
  const { namespace } = filter.metadata;
  const labels = filter.spec.workloadSelector?.labels ?? {};
  const service = mesh.declared.services.find(
    ({ metadata, spec }) =>
      metadata.namespace === namespace && spec.selector !== undefined && selects(spec.selector, labels),
  );
  const declared = `${bucket.tokens_per_fill} in ${bucket.fill_interval}, ${bucket.max_tokens} at once`;
  const finding = (requests: number, check: Check): Finding => ({
    host: service?.metadata.name ?? "",
    object: `EnvoyFilter ${refOf(filter)}`,
    rule: "local rate limit",
    from: "inside",
    requests,
    checks: [check],
  });
  const port = service?.spec.ports?.[0]?.port;
  const full = Math.ceil(bucket.max_tokens / bucket.tokens_per_fill) * secondsOf(bucket.fill_interval);
  if (!mesh.client || !service || port === undefined)
    return finding(0, notVerified("requests accepted", declared, "no client or no service is available"));
  if (full > PATIENCE)
    return finding(0, notVerified("requests accepted", declared, "the bucket takes too long to fill"));

  const pods = (await readyPods(mesh.config.makeApiClient(CoreV1Api), namespace, labels)).length;
  const count = 2 * pods * bucket.max_tokens + 20;
  if (count > MOST)
    return finding(
      0,
      notVerified("requests accepted", declared, "the check does not send this many concurrent requests"),
    );
  say(`waiting ${shown(full)} for the bucket to fill …`);
  await sleep(full * 1000 + 500);
  const source = inside(mesh, namespace, `${service.metadata.name}.${namespace}`, port);
  const request = { method: "GET", path: pathsOf(mesh.declared, service)[0] ?? "/", query: {}, headers: {} };
  const start = Date.now();
  const answers = await source.send(request, { count, parallel: 10, patience: 30 });
  const { low, high } = allowedOf(bucket, pods, (Date.now() - start) / 1000);
  const passed = answers.filter(({ status }) => status !== REFUSED).length;
  return finding(answers.length, {
    what: "requests accepted",
    declared,
    measured: `${passed} of ${count}, the others ${REFUSED}`,
    allowed: `${low} to ${high}`,
    verdict: verdictOf(passed >= low && passed <= high),
  });
}
