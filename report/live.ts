// What a proxy has of a host, held against what is declared: the rules may not be delivered, or another object may hold.
import { itemsOf, listOf, mapOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import type { Outcome, Result } from "../istio/routing/outcome.ts";
import { percent } from "../istio/routing/route.ts";
import { askedHost, type Request } from "../istio/routing/request.ts";

/** A share of a route's requests, and the cluster of the proxy that gets it. */
interface Share {
  readonly cluster: string;
  readonly share: number;
}

/**
 * Where the proxy of the client differs from what is declared; empty if it agrees.
 *
 * @param dump - what the proxy's `config_dump` prints
 */
export function liveDifferences(dump: unknown, request: Request, outcome: Outcome): string[] {
  const routes = routesIn(dump, request);
  if (routes === undefined) {
    if (outcome.results.some(hasNoHost)) return [];
    const what = `the proxy knows no host ${askedHost(request)} at port ${request.port}`;
    return [`${what}: it has not got the rules, or a Sidecar keeps them from it`];
  }
  const owners = [...new Set(routes.flatMap(ownerOf))];
  const { virtualService } = outcome;
  const declared = virtualService && `${virtualService.name}.${virtualService.namespace}`;
  const has = owners.length === 0 ? "no VirtualService" : `the routes of VirtualService ${owners.join(", ")}`;
  if (declared === undefined && owners.length > 0) return [`the proxy has ${has} for the host, which nothing declares`];
  if (declared !== undefined && !owners.includes(declared)) {
    return [`the proxy has ${has} for the host, not those of ${declared}`];
  }
  const wanted = sharesDeclared(outcome);
  if (wanted.length === 0 || routes.some((route) => same(sharesOf(route), wanted))) return [];
  const sends = routes.map(sharesOf).filter((shares) => shares.length > 0);
  return [`the proxy sends ${sends.map(text).join(", or ")}; declared is ${text(wanted)}`];
}

/** Whether the client is not meant to know the host. */
const hasNoHost = (result: Result): boolean =>
  result.kind === "unmanaged" ||
  (result.kind === "answered" && ["egress", "no host", "no server"].includes(result.reason));

/** The routes of the virtual host that the request is for. */
function routesIn(dump: unknown, request: Request): readonly Untrusted[] | undefined {
  const name = askedHost(request);
  // A gateway calls its routes by the port of its pods, which need not be that of its Service.
  const isFor = (config: Untrusted) =>
    "pod" in request.from
      ? config.name === String(request.port) || config.name === `${name}:${request.port}`
      : textOf(config.name)?.startsWith(`${request.scheme}.`) === true;
  const hosts = itemsOf(mapOf(dump).configs)
    .flatMap(({ dynamic_route_configs: configs }) => itemsOf(configs))
    .map(({ route_config: config }) => mapOf(config))
    .filter(isFor)
    .flatMap(({ virtual_hosts: all }) => itemsOf(all));
  const fits = (domain: unknown) =>
    typeof domain === "string" &&
    domain !== "*" &&
    (domain === name || (domain.startsWith("*") && name.endsWith(domain.slice(1))));
  const found =
    hosts.find(({ domains }) => listOf(domains).includes(name)) ??
    hosts.find(({ domains }) => listOf(domains).some(fits));
  return found && itemsOf(found.routes);
}

/** The VirtualService that a route was made of, as `name.namespace`. */
function ownerOf({ metadata }: Untrusted): string[] {
  const config = textOf(mapOf(mapOf(mapOf(metadata).filter_metadata).istio).config) ?? "";
  const [, namespace, name] = /\/namespaces\/([^/]+)\/virtual-service\/([^/]+)$/.exec(config) ?? [];
  return name === undefined ? [] : [`${name}.${namespace ?? ""}`];
}

function sharesOf({ route }: Untrusted): readonly Share[] {
  const { cluster, weighted_clusters: weighted } = mapOf(route);
  if (typeof cluster === "string") return [{ cluster, share: 1 }];
  const clusters = itemsOf(mapOf(weighted).clusters).map(({ name, weight }) => ({
    cluster: textOf(name) ?? "",
    weight: Number(weight ?? 0),
  }));
  const sum = clusters.reduce((total, { weight }) => total + weight, 0);
  return clusters.map((each) => ({ cluster: each.cluster, share: each.weight / sum }));
}

/** The destinations without the faults before them, which the proxy has elsewhere. */
function sharesDeclared({ results }: Outcome): readonly Share[] {
  const sent = results.flatMap((result) => (result.kind === "sent" ? [result] : []));
  const sum = sent.reduce((total, { share }) => total + share, 0);
  // What a server refuses is not a matter of the client's routes.
  if (results.some((result) => result.kind === "answered" && result.reason !== "abort")) return [];
  return sent.map(({ host, port, subset = "", share }) => ({
    cluster: `outbound|${port}|${subset}|${host}`,
    share: share / sum,
  }));
}

function same(some: readonly Share[], others: readonly Share[]): boolean {
  const isIn = ({ cluster, share }: Share) =>
    others.some((other) => other.cluster === cluster && Math.abs(other.share - share) < 1e-6);
  return some.length === others.length && some.every(isIn);
}

const text = (shares: readonly Share[]): string =>
  shares
    .map(
      ({ cluster, share }) =>
        `${shares.length === 1 ? "" : `${percent(share)} `}${cluster.split("|").slice(2).filter(Boolean).join(" of ")}`,
    )
    .join(" and ");
