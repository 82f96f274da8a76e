// What a proxy does with a request by itself, and how it changes one that it passes on.
import type { HttpRoute } from "../virtualService.ts";
import type { Path, Request } from "./request.ts";
import { compiled, fits } from "./stringMatch.ts";
import type { ProxyRoute } from "./virtualHosts.ts";
import { isAuthority } from "../headers.ts";

type Redirect = NonNullable<HttpRoute["redirect"]>;

/** Where a redirect leads: see ApplyRedirect in pilot/pkg/networking/core/route/route.go. */
export function locationOf(redirect: Redirect, { match }: ProxyRoute, request: Request, path: Path): string {
  const from = request.scheme;
  const scheme = redirect.scheme ?? from;
  const asked = redirect.derivePort === "FROM_REQUEST_PORT" ? request.port : redirect.port;
  const isUsual = (port: number) => port === (scheme === "https" ? 443 : 80);
  const authority = redirectedAuthority(redirect, request, asked === undefined || isUsual(asked) ? undefined : asked);
  const prefix = redirect.prefixRewrite ?? "";
  if (prefix !== "") return `${scheme}://${authority}${replacedPrefix(match, path.path, prefix)}${path.query}`;
  const uri = redirect.uri ?? "";
  if (uri === "") return `${scheme}://${authority}${path.path}${path.query}`;
  return `${scheme}://${authority}${uri}${uri.includes("?") ? "" : path.query}`;
}

/** The port of the request stays, unless the scheme changes from one whose usual port it is, or another is asked for. */
function redirectedAuthority({ authority, scheme }: Redirect, request: Request, port: number | undefined): string {
  const asked = request.headers.host ?? (isUsualPort(request) ? request.host : `${request.host}:${request.port}`);
  const host = authority === undefined || authority === "" ? asked : authority;
  if (port !== undefined) return `${host.replace(/:\d+$/, "")}:${port}`;
  const changes = scheme !== undefined && scheme !== request.scheme;
  return changes ? host.replace(request.scheme === "http" ? /:80$/ : /:443$/, "") : host;
}

const isUsualPort = ({ scheme, port }: Request) => port === (scheme === "https" ? 443 : 80);

/** The path as the server sees it. Envoy replaces what the condition took: its prefix, or all of it. */
export function rewrittenPath({ route, match }: ProxyRoute, { path, query }: Path): string {
  const { uri = "", uriRegexRewrite } = route.rewrite ?? {};
  if (uriRegexRewrite?.match !== undefined) {
    const substitution = (uriRegexRewrite.rewrite ?? "").replaceAll("$", "\\$").replace(/\\(\d)/g, "$$$1");
    return compiled(uriRegexRewrite.match).matcher(path).replaceAll(substitution) + query;
  }
  return (uri === "" ? path : replacedPrefix(match, path, uri)) + query;
}

function replacedPrefix(match: ProxyRoute["match"], path: string, replacement: string): string {
  const uri = match?.uri;
  if (uri?.exact !== undefined || uri?.regex !== undefined) return replacement;
  return replacement + path.slice((uri?.prefix ?? "/").length);
}

/** The name of the host that the server is told, where a route replaces it. */
export function rewrittenAuthority({ route }: ProxyRoute, destination: number): string | undefined {
  const own = (headers: HttpRoute["headers"]) =>
    Object.entries({ ...headers?.request?.add, ...headers?.request?.set }).find(([name]) => isAuthority(name))?.[1];
  const { authority = "" } = route.rewrite ?? {};
  return (authority === "" ? undefined : authority) ?? own(route.headers) ?? own(route.route?.[destination]?.headers);
}

/** Whether the proxy answers a browser that asks whether it may send a request from another site. */
export function answersPreflight({ route }: ProxyRoute, { method, headers }: Request): boolean {
  const { origin } = headers;
  if (route.corsPolicy === undefined || method !== "OPTIONS" || origin === undefined) return false;
  if (headers["access-control-request-method"] === undefined) return false;
  const { allowOrigins, allowOrigin = [], unmatchedPreflights } = route.corsPolicy;
  const origins = allowOrigins ?? allowOrigin.map((exact) => ({ exact }));
  const isAllowed = origins.some((one) => one.exact === "*" || fits(one, origin));
  return isAllowed || unmatchedPreflights === "IGNORE";
}
