// A VirtualService whose routes go on in others: see MergeHTTPRoutes in pilot/pkg/model/virtualservice.go.
import type { StringMatch } from "../generated/specs.ts";
import { qualifiedGateway } from "../gateways.ts";
import type { HttpMatch, HttpRoute } from "../virtualService.ts";
import { isSeen, type VirtualService, type World } from "./world.ts";

/** A route, with the object and the place that it is written at. */
export interface WrittenRoute {
  readonly route: HttpRoute;
  readonly virtualService: VirtualService;
  /** Its index among the routes of that object. */
  readonly index: number;
}

/** The routes of a VirtualService, with those of its delegates in the place of the routes that name them. */
export function routesWithDelegates(world: World, virtualService: VirtualService): readonly WrittenRoute[] {
  return ownRoutes(virtualService).flatMap((route, index) => {
    const { delegate } = route;
    if (delegate === undefined) return [{ route, virtualService, index }];
    const found = delegateOf(world, virtualService, delegate);
    if (found === undefined) return [];
    return ownRoutes(found).flatMap((own, place) => {
      const merged = mergedRoute(route, own);
      return merged === undefined ? [] : [{ route: merged, virtualService: found, index: place }];
    });
  });
}

/** With the gateways that their conditions name in full, since a delegate may be in another namespace. */
function ownRoutes({ spec, namespace }: VirtualService): readonly HttpRoute[] {
  return (spec.http ?? []).map((route) => {
    if (route.match?.some(({ gateways }) => gateways !== undefined) !== true) return route;
    const match = route.match.map((one) => ({
      ...one,
      ...(one.gateways && { gateways: one.gateways.map((gateway) => qualifiedGateway(gateway, namespace)) }),
    }));
    return { ...route, match };
  });
}

/** Only one without hosts is a delegate, and a delegate has none of its own. */
function delegateOf(
  { virtualServices, mesh }: World,
  root: VirtualService,
  { name, namespace = root.namespace }: NonNullable<HttpRoute["delegate"]>,
): VirtualService | undefined {
  const place = namespace === "" ? root.namespace : namespace;
  const found = virtualServices.find((one) => one.name === name && one.namespace === place);
  const isDelegate = found !== undefined && (found.spec.hosts ?? []).length === 0;
  return isDelegate && isSeen(found.spec.exportTo, mesh.defaultScopes.virtualService, place, root.namespace)
    ? found
    : undefined;
}

/** Undefined where the two contradict each other, so that Istio leaves the route out. */
function mergedRoute(root: HttpRoute, own: HttpRoute): HttpRoute | undefined {
  const match = mergedMatches(root.match, own.match);
  if (match === undefined) return undefined;
  return { ...root, delegate: undefined, ...own, match } as HttpRoute;
}

type Matches = NonNullable<HttpRoute["match"]>;

function mergedMatches(root: Matches = [], own: Matches = []): Matches | undefined {
  if (root.length === 0) return own;
  if (own.length === 0) return root;
  const merged: HttpMatch[] = [];
  for (const each of own) {
    const fitting = root.filter((one) => !contradict(one, each));
    if (fitting.length === 0) return undefined;
    merged.push(...fitting.map((one) => mergedMatch(one, each)));
  }
  return merged;
}

function mergedMatch(root: HttpMatch, own: HttpMatch): HttpMatch {
  const maps = (["headers", "withoutHeaders", "queryParams", "sourceLabels"] as const).flatMap((key) =>
    root[key] === undefined && own[key] === undefined ? [] : [[key, { ...root[key], ...own[key] }] as const],
  );
  return { ...root, ...own, ...Object.fromEntries(maps) };
}

function contradict(root: HttpMatch, own: HttpMatch): boolean {
  const texts = (["uri", "scheme", "method", "authority"] as const).some((key) => textsContradict(root[key], own[key]));
  const maps = (["headers", "withoutHeaders", "queryParams"] as const).some((key) =>
    Object.entries(own[key] ?? {}).some(([name, match]) => textsContradict(root[key]?.[name], match)),
  );
  const labels = Object.entries(own.sourceLabels ?? {}).some(([name, value]) => {
    const wanted = root.sourceLabels?.[name];
    return wanted !== undefined && wanted !== value;
  });
  const [gateways, narrower] = [root.gateways ?? [], own.gateways ?? []];
  return (
    texts ||
    maps ||
    labels ||
    (root.ignoreUriCase ?? false) !== (own.ignoreUriCase ?? false) ||
    ((root.port ?? 0) > 0 && (own.port ?? 0) > 0 && root.port !== own.port) ||
    ((root.sourceNamespace ?? "") !== "" && own.sourceNamespace !== root.sourceNamespace) ||
    (gateways.length > 0 &&
      narrower.length > 0 &&
      (gateways.length < narrower.length || narrower.some((gateway) => !gateways.includes(gateway))))
  );
}

/** Whether what a delegate asks for is not a part of what its root asks for. */
function textsContradict(root: StringMatch | undefined, own: StringMatch | undefined): boolean {
  if (root === undefined || own === undefined) return false;
  const has = (match: StringMatch) => [match.exact, match.prefix, match.regex].some((text) => (text ?? "") !== "");
  if ((root.regex ?? "") !== "" && has(own)) return true;
  if ((own.regex ?? "") !== "" && has(root)) return true;
  if ((root.exact ?? "") !== "") return (own.prefix ?? "") !== "" || own.exact !== root.exact;
  const start = root.prefix ?? "";
  if (start === "") return true;
  if ((own.prefix ?? "") !== "") return !own.prefix?.startsWith(start);
  return (own.exact ?? "") === "" || !own.exact?.startsWith(start);
}
