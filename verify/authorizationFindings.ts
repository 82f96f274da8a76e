// Who may call whom: what the policies decide about requests, held against what proxies do with them.
import { CoreV1Api, type V1Pod } from "@kubernetes/client-node";
import { decide, type Call, type Decision } from "../istio/authorization.ts";
import { selects } from "../istio/labels.ts";
import { statuses, type Answer } from "./answers.ts";
import { refOf, type AuthorizationPolicy, type Declared, type Service } from "./declared.ts";
import { notVerified, verdictOf, type Check, type Finding } from "./findings.ts";
import { readyPods, type Mesh } from "./mesh.ts";
import { inside } from "./probeSource.ts";
import { execIn } from "./proxy.ts";
import { pathsOf } from "./services.ts";

const ROOT = "istio-system";
/** A proxy's answer to a request that it refuses. */
const FORBIDDEN = 403;
/** Methods that change nothing: the services may be somebody's real ones. */
const METHODS = ["GET", "OPTIONS"] as const;
/** A path that hardly any rule names. */
const OTHER_PATH = "/verify/of-no-rule";

const isTried = ({ metadata }: AuthorizationPolicy) => metadata.annotations?.["istio.io/dry-run"] === "true";

/** The policies for pods. */
export function policiesFor(
  { authorizationPolicies }: Pick<Declared, "authorizationPolicies">,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): AuthorizationPolicy[] {
  return authorizationPolicies.filter(
    ({ metadata, spec }) =>
      [namespace, ROOT].includes(metadata.namespace) && selects(spec.selector?.matchLabels ?? {}, labels),
  );
}

/** Who sends the requests of the client pod. */
export const principalOf = ({ metadata, spec }: V1Pod) =>
  `cluster.local/ns/${metadata?.namespace ?? ""}/sa/${spec?.serviceAccountName ?? "default"}`;

/** What the policies that hold decide about a request to a service. */
export function decisionOf(declared: Declared, service: Service, call: Omit<Call, "port">): Decision {
  const { spec, metadata } = service;
  const policies = policiesFor(declared, metadata.namespace, spec.selector ?? {}).filter((each) => !isTried(each));
  return decide(
    policies.map((each) => each.spec),
    { ...call, port: podPortOf(service) },
  );
}

function podPortOf({ spec: { ports: [first] = [] } }: Service): number {
  return typeof first?.targetPort === "number" ? first.targetPort : (first?.port ?? 0);
}

/** One finding for each service that policies are for. */
export async function authorizationFindings(mesh: Mesh): Promise<Finding[]> {
  const { declared } = mesh;
  const findings: Finding[] = [];
  for (const service of declared.services) {
    const policies = policiesFor(declared, service.metadata.namespace, service.spec.selector ?? {});
    if (policies.length === 0) continue;
    const tried = policies.filter(isTried);
    if (tried.length < policies.length) findings.push(await decisions(mesh, service, policies));
    if (tried.length > 0) findings.push(await trial(mesh, service, tried));
  }
  return findings;
}

const objectsOf = (policies: readonly AuthorizationPolicy[]) =>
  `AuthorizationPolicy ${policies.map((policy) => refOf(policy)).join(", ")}`;

async function decisions(mesh: Mesh, service: Service, policies: readonly AuthorizationPolicy[]): Promise<Finding> {
  const { name, namespace } = service.metadata;
  const about = { host: name, object: objectsOf(policies.filter((each) => !isTried(each))), rule: "who may call" };
  const [first] = service.spec.ports ?? [];
  const { port = 0, appProtocol = first?.name ?? "http" } = first ?? {};
  if (!mesh.client) {
    const why = "no client Pod in the mesh: enable mesh:bookinfo.client";
    return { ...about, from: "nowhere", requests: 0, checks: [notVerified("authorization", "-", why)] };
  }
  if (["tcp", "mongo", "mysql", "redis", "tls", "https"].includes(appProtocol)) {
    const why = "connections that are not HTTP are not measured";
    return { ...about, from: "inside", requests: 0, checks: [notVerified("authorization", "-", why)] };
  }
  const host = `${name}.${namespace}`;
  const source = inside(mesh, namespace, host, port);
  const principal = principalOf(mesh.client.pod);
  const checks: Check[] = [];
  let requests = 0;
  for (const path of [pathsOf(mesh.declared, service)[0] ?? "/", OTHER_PATH]) {
    for (const method of METHODS) {
      const call = { principal, method, path, host: `${host}:${port}` };
      const decision = decisionOf(mesh.declared, service, call);
      const request = { method, path, query: {}, headers: {} };
      const answers = await source.send(request, { count: 1, parallel: 1, patience: 10 });
      requests += answers.length;
      checks.push(decisionCheck(`${method} ${path}`, decision, answers));
    }
  }
  return { ...about, from: "inside", requests, checks };
}

function decisionCheck(what: string, decision: Decision, answers: readonly Answer[]): Check {
  if (decision === undefined) return notVerified(what, "-", "it depends on an address, or on somebody else's word");
  const isRefused = ({ status }: Answer) => status === FORBIDDEN;
  const holds =
    decision === "refused"
      ? answers.every(isRefused)
      : answers.every((each) => each.failure === undefined && !isRefused(each));
  return { what, declared: decision, measured: statuses(answers), verdict: verdictOf(holds) };
}

/** What the proxies of a service would have refused since they started. Nobody is refused, so it cannot be wrong. */
async function trial(mesh: Mesh, service: Service, tried: readonly AuthorizationPolicy[]): Promise<Finding> {
  const { name, namespace } = service.metadata;
  const pods = await readyPods(mesh.config.makeApiClient(CoreV1Api), namespace, service.spec.selector ?? {});
  const texts = await Promise.all(
    pods.map(async (pod) => {
      const command = ["pilot-agent", "request", "GET", "stats?filter=rbac.*shadow"];
      return (await execIn(mesh.config, pod, "istio-proxy", command)).stdout;
    }),
  );
  const counts = shadowCounts(texts);
  const check = (what: string, { refused, requests }: ShadowCount): Check[] =>
    requests === 0 && what !== "not allowed"
      ? []
      : [{ what, declared: "counted only", measured: `${refused} of ${requests} requests`, verdict: "ok" }];
  return {
    host: name,
    object: objectsOf(tried),
    rule: "tried out",
    from: "whoever called",
    requests: 0,
    checks: [...check("not allowed", counts.allow), ...check("denied", counts.deny)],
  };
}

/** What policies would have refused, of all requests that they have seen. */
export interface ShadowCount {
  readonly refused: number;
  readonly requests: number;
}

/**
 * What Envoys have counted of policies that are tried out: those that allow, and those that deny.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/rbac_filter#statistics
 */
export function shadowCounts(stats: readonly string[]): { readonly allow: ShadowCount; readonly deny: ShadowCount } {
  const lines = stats.flatMap((text) => text.split("\n"));
  const of = (action: "allow" | "deny"): ShadowCount => {
    const sum = (result: string) =>
      lines.reduce((total, line) => {
        const pattern = new RegExp(`^http\\..*dry_run_${action}_\\.shadow_${result}: (\\d+)`);
        return total + Number(pattern.exec(line)?.[1] ?? 0);
      }, 0);
    const refused = sum("denied");
    return { refused, requests: refused + sum("allowed") };
  };
  return { allow: of("allow"), deny: of("deny") };
}
