// Everything that the stack declares about traffic, held against real requests.
import { sleep } from "../lib/process.ts";
import { step } from "../lib/progress.ts";
import type { Stack } from "../tools/stack/stack.ts";
import { authorizationFindings } from "./authorizationFindings.ts";
import { FALSE_ALARM } from "./binomial.ts";
import type { VirtualService } from "./declared.ts";
import { egressFindings } from "./egressFindings.ts";
import { wrongIn, type Finding } from "./findings.ts";
import { gatewayFindings } from "./gatewayFindings.ts";
import { measurePlan } from "./measurePlan.ts";
import { routeOfPlan, type Plan } from "./measureRoute.ts";
import { meshOf, type Mesh } from "./mesh.ts";
import { metricsAt, metricsFinding, sharedIn } from "./metrics.ts";
import { pageFinding, pagePlans, routeOfPage, type PagePlan } from "./pageFindings.ts";
import { plainTextFindings } from "./plainText.ts";
import { plansOf } from "./plans.ts";
import { rateLimitFindings } from "./rateLimitFindings.ts";
import { sidecarFindings } from "./sidecarFindings.ts";
import { chancesOf } from "./routeChecks.ts";

/** Proxies that have not got the newest rules yet are given so long, in milliseconds. */
const SETTLING = 4000;

export interface Options {
  /** Whether services are made to fail, for requests of this run only, to see timeouts, retries and ejection. */
  readonly provoke: boolean;
}

export async function verifyStack(stack: Stack, options: Options): Promise<Finding[]> {
  const mesh = await step("reading the declared policies", () => meshOf(stack));
  const { plans, findings } = plansOf(mesh);
  const pages = pagePlans(mesh);
  // Where services are made to fail, what is counted is not what was declared.
  const shared = options.provoke ? [] : sharedIn(mesh.declared.virtualServices, mesh.declared.destinationRules);
  const metrics = mesh.prometheus && shared.length > 0 ? await metricsAt(mesh.config, mesh.prometheus) : undefined;
  const judged = [
    ...plans.map(routeOfPlan),
    ...pages.map(routeOfPage),
    ...(metrics ? shared : []).map(({ route }) => route),
  ];
  const chances = judged.flatMap(chancesOf);
  // Any one of them could raise the false alarm.
  const alpha = FALSE_ALARM / Math.max(1, chances.length);

  const since = await metrics?.now();
  const results: Finding[] = [...findings];
  for (const plan of plans) {
    results.push(...(await secondLook(titleOf(plan), async () => [await measurePlan(mesh, plan, alpha, options)])));
  }
  for (const plan of pages) {
    results.push(...(await secondLook(pageTitle(plan), async () => [await pageFinding(mesh, plan, alpha)])));
  }
  for (const [title, look] of furtherLooks(mesh)) results.push(...(await secondLook(title, look)));
  if (!metrics || since === undefined) return results;

  const counted: Finding[] = [];
  for (const each of shared) {
    const sent = results.filter(({ object }) => object === nameOf(each.virtualService)).map(({ requests }) => requests);
    const all = sent.reduce((sum, count) => sum + count, 0);
    const look = () => metricsFinding(each, all, since, metrics, alpha);
    counted.push(await step(`asking Prometheus about ${each.virtualService.spec.hosts?.[0] ?? each.host}`, look));
  }
  return [...results, ...counted];
}

/** What has checks of its own beside the routes; what is not declared is not looked at. */
function furtherLooks(mesh: Mesh): [string, () => Promise<Finding[]>][] {
  const { gateways, serviceEntries, registryOnly, envoyFilters, peerAuthentications, authorizationPolicies, sidecars } =
    mesh.declared;
  const encrypted = gateways.some(({ spec }) => spec.servers?.some(({ tls }) => tls !== undefined));
  return [
    ...(encrypted ? [look("the gateway's certificates and redirects", () => gatewayFindings(mesh))] : []),
    ...(serviceEntries.length > 0 || registryOnly ? [look("external hosts", () => egressFindings(mesh))] : []),
    ...(peerAuthentications.length > 0 ? [look("plain text", () => plainTextFindings(mesh))] : []),
    ...(authorizationPolicies.length > 0 ? [look("who may call whom", () => authorizationFindings(mesh))] : []),
    ...(sidecars.length > 0 ? [look("what proxies know", () => sidecarFindings(mesh))] : []),
    ...(envoyFilters.length > 0 ? [look("rate limits", () => rateLimitFindings(mesh))] : []),
  ];
}

const look = (what: string, work: () => Promise<Finding[]>): [string, () => Promise<Finding[]>] => [
  `measuring ${what}`,
  work,
];

const nameOf = ({ kind, metadata }: VirtualService) => `${kind} ${metadata.namespace}/${metadata.name}`;

const titleOf = ({ host, index, source }: Plan) => `measuring ${host}, route ${index}, from ${source.from}`;
const pageTitle = ({ index, user }: PagePlan) =>
  `measuring reviews on the page, route ${index}, as ${user ?? "a guest"}`;

/** What is wrong at first is looked at once more: the proxies may just have been getting the newest rules. */
async function secondLook(what: string, work: () => Promise<Finding[]>): Promise<Finding[]> {
  const first = await step(what, work);
  if (wrongIn(first) === 0) return first;
  await sleep(SETTLING);
  return step(`${what}, once more`, work);
}
