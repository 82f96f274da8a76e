// Which request takes which route: a request is thought up for each route, and held against all routes before it.
import { qualifiedGateway } from "../istio/gateways.ts";
import { selects } from "../istio/labels.ts";
import type { StringMatch } from "../istio/generated/specs.ts";
import type { HttpMatch, HttpRoute } from "../istio/virtualService.ts";
import { sampleOf } from "../istio/routing/sampleOf.ts";

export interface Request {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name; `host` is the authority. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where requests are sent from. */
export interface Place {
  /** `mesh`, or `<namespace>/<name>` of a Gateway. */
  readonly gateway: string;
  /** Namespace of the VirtualService, in which gateways need no other. */
  readonly objectNamespace: string;
  readonly scheme: "http" | "https";
  readonly port: number;
  /** The client pod's; none outside the mesh. */
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Whether the route can be seen at all from the place. */
function isFor(match: HttpMatch, place: Place): boolean {
  const gateways = match.gateways?.map((name) => qualifiedGateway(name, place.objectNamespace));
  return (
    (gateways === undefined || gateways.includes(place.gateway)) &&
    (match.sourceNamespace === undefined || match.sourceNamespace === place.namespace) &&
    selects(match.sourceLabels ?? {}, place.labels)
  );
}

/** Index of the route that takes the request, as Istio tries them; -1 if none does. */
export function routeOf(routes: readonly HttpRoute[], request: Request, place: Place): number {
  return routes.findIndex(({ match }) => match === undefined || match.some((each) => takes(each, request, place)));
}

function takes(match: HttpMatch, request: Request, place: Place): boolean {
  const { uri, ignoreUriCase = false } = match;
  const every = (matches: HttpMatch["headers"] = {}, values: Readonly<Record<string, string>>) =>
    Object.entries(matches).every(([name, each]) => fits(each, values[name]));
  return (
    isFor(match, place) &&
    (match.port === undefined || match.port === place.port) &&
    (uri === undefined || fits(uri, request.path, ignoreUriCase)) &&
    (match.method === undefined || fits(match.method, request.method)) &&
    (match.authority === undefined || fits(match.authority, request.headers.host)) &&
    (match.scheme === undefined || fits(match.scheme, place.scheme)) &&
    every(match.headers, request.headers) &&
    every(match.queryParams, request.query) &&
    !Object.entries(match.withoutHeaders ?? {}).some(([name, each]) => fits(each, request.headers[name]))
  );
}

/** Whether the value is as it has to be. An empty comparison asks only that there is one. */
function fits({ exact, prefix, regex }: StringMatch, value: string | undefined, ignoreCase = false): boolean {
  if (value === undefined) return false;
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  if (exact !== undefined) return fold(value) === fold(exact);
  if (prefix !== undefined) return fold(value).startsWith(fold(prefix));
  return regex === undefined || expression(regex)?.test(value) === true;
}

/** RE2's expression as one of JavaScript's, which knows all of it but the flags in front. */
function expression(regex: string): RegExp | undefined {
  const [, flags = "", rest = ""] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(regex) ?? [];
  try {
    return new RegExp(`^(?:${rest})$`, flags);
  } catch {
    return undefined;
  }
}

/**
 * Requests that take the route, one for each of its matches that can be met from the place; none if no such request
 * comes to mind.
 * @param paths paths that the service answers, the best first
 */
export function requestsOf(
  routes: readonly HttpRoute[],
  index: number,
  place: Place,
  host: string,
  paths: readonly string[],
): Request[] {
  return (routes[index]?.match ?? [{}]).flatMap((match) => {
    const found = candidates(match, host, paths).find(
      (request) => takes(match, request, place) && routeOf(routes, request, place) === index,
    );
    return found ? [found] : [];
  });
}

function candidates(match: HttpMatch, host: string, paths: readonly string[]): Request[] {
  const values = (matches: HttpMatch["headers"] = {}) =>
    Object.fromEntries(Object.entries(matches).map(([name, each]) => [name, example(each)]));
  const { exact, prefix, regex } = match.uri ?? {};
  const ownPaths = [
    ...(exact === undefined ? [] : [exact]),
    ...(prefix === undefined ? [] : [prefix, `${prefix.replace(/\/$/, "")}/verify`]),
    ...(regex === undefined ? [] : [sampleOf(regex) ?? ""]),
  ];
  return [...paths, ...ownPaths, "/", "/verify"].map((path) => ({
    method: match.method ? example(match.method) : "GET",
    path,
    query: values(match.queryParams),
    headers: { ...values(match.headers), host: match.authority ? example(match.authority) : host },
  }));
}

/** A value that fits; for a regular expression, if one comes to mind. */
const example = ({ exact, prefix, regex }: StringMatch): string =>
  exact ?? prefix ?? (regex === undefined ? "verify" : (sampleOf(regex) ?? ""));
