// Routes of reviews as people meet with them: pages through the ingress gateway, as a guest or as a user who has signed in.
import { reviewsVersionOf } from "../tools/mesh/page.ts";
import { statuses, percentile, type Answer } from "./answers.ts";
import { requestsFor } from "./binomial.ts";
import type { HttpRoute } from "../istio/virtualService.ts";
import { refOf, type VirtualService } from "./declared.ts";
import { notVerified, type Check, type Finding } from "./findings.ts";
import type { Mesh } from "./mesh.ts";
import { repeatedly } from "../lib/repeatedly.ts";
import { sendOutside, signIn, type GatewayPort } from "./outside.ts";
import { ruleOf } from "./policies.ts";
import { isLimit } from "./rateLimitFindings.ts";
import { chancesOf, shareCheck } from "./routeChecks.ts";

const HOST = "reviews";
/** Pages take longer than single requests: the bounds are wider for it. */
const MARGIN = 0.08;
const FIRM = 40;
const AT_ONCE = 4;

export interface PagePlan {
  readonly virtualService: VirtualService;
  readonly index: number;
  /** A guest where there is none. */
  readonly user?: string;
}

/** Routes of reviews that a guest or a user of the page takes. */
export function pagePlans({ declared, bookinfo }: Mesh): PagePlan[] {
  if (!bookinfo || declared.envoyFilters.some(isLimit)) return [];
  const virtualService = declared.virtualServices.find(
    ({ spec, metadata }) =>
      metadata.namespace === bookinfo.namespace &&
      spec.hosts?.includes(HOST) === true &&
      (spec.gateways?.includes("mesh") ?? true),
  );
  return (virtualService?.spec.http ?? []).flatMap((route, index): PagePlan[] => {
    if (!virtualService || (route.fault ?? route.timeout ?? route.redirect ?? route.directResponse)) return [];
    if (route.match === undefined) return [{ virtualService, index }];
    const user = userOf(route);
    return user === undefined ? [] : [{ virtualService, index, user }];
  });
}

/** The user whom the route is for, if that is all that it asks. */
function userOf({ match = [] }: HttpRoute): string | undefined {
  const [only] = match;
  const user = only?.headers?.["end-user"]?.exact;
  const plain = match.length === 1 && only !== undefined && Object.keys(only).join() === "headers";
  return plain && Object.keys(only.headers ?? {}).length === 1 ? user : undefined;
}

export const routeOfPage = ({ virtualService, index }: PagePlan): HttpRoute => virtualService.spec.http?.[index] ?? {};

export async function pageFinding(mesh: Mesh, plan: PagePlan, alpha: number): Promise<Finding> {
  const { virtualService, index, user } = plan;
  const { host, path } = mesh.bookinfo ?? { host: "", path: "" };
  const gatewayPort: GatewayPort = { scheme: "http", port: mesh.portForwards.http };
  const route = routeOfPage(plan);
  const chances = chancesOf({ ...route, mirrors: [] });
  const count = chances.length > 0 ? requestsFor(chances, alpha, MARGIN) : FIRM;
  const cookie = user === undefined ? {} : { cookie: await signIn(gatewayPort, host, user) };
  const request = { method: "GET", path, query: {}, headers: { host, ...cookie } };
  const page = () => sendOutside(gatewayPort, request, 30);
  const first = await page();
  // One without reviews is slow, and says that no other tells the version either.
  const pages = [first, ...(hasReviews(first) ? await repeatedly(count - 1, AT_ONCE, page) : [])];
  const served = pages.map(({ body = "" }) => reviewsVersionOf(body)).filter((version) => version !== undefined);
  return {
    host: HOST,
    object: `VirtualService ${refOf(virtualService)}`,
    rule: `http[${index}]: the page as seen by ${user ?? "a guest"}`,
    from: "outside",
    requests: pages.length,
    latency: { p50: percentile(pages, 0.5), p99: percentile(pages, 0.99) },
    checks:
      served.length < pages.length
        ? [notVerified("shares", "-", `${pages.length - served.length} pages had no reviews (${statuses(pages)})`)]
        : sharesOnPages(mesh, virtualService, route, served, alpha),
  };
}

const hasReviews = ({ body = "" }: Answer): boolean => reviewsVersionOf(body) !== undefined;

function sharesOnPages(
  { declared }: Mesh,
  { metadata }: VirtualService,
  { route = [] }: HttpRoute,
  served: readonly string[],
  alpha: number,
): Check[] {
  const subsets = ruleOf(declared.destinationRules, HOST, metadata.namespace)?.spec.subsets ?? [];
  return route.map(({ destination, weight }) => {
    const version = subsets.find(({ name }) => name === destination.subset)?.labels?.version;
    const share = route.length === 1 ? 1 : (weight ?? 0) / 100;
    const what = `share of ${destination.subset ?? destination.host}`;
    if (version === undefined) return notVerified(what, `${100 * share}%`, "the page does not show this subset");
    return shareCheck(what, share, served.filter((each) => each === version).length, served.length, alpha);
  });
}
