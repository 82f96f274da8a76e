// Whether a condition of a route takes a request: see TranslateRouteMatch in pilot/pkg/networking/core/route/route.go.
import type { StringMatch } from "../generated/specs.ts";
import { claimIn, isAuthority, isJwtClaim } from "../headers.ts";
import type { HttpMatch } from "../virtualService.ts";
import { authorityOf, pathOf, type Request } from "./request.ts";
import { fits, isAnything, isPresence } from "./stringMatch.ts";

/** What does not fit, as the path of a field in the condition such as `headers.end-user`; undefined if all of it fits. */
export function mismatch(match: HttpMatch, request: Request): string | undefined {
  const { path, query } = pathOf(request);
  const { uri, method, authority, scheme, headers = {}, withoutHeaders = {}, queryParams = {} } = match;
  if (uri !== undefined && !isAnything(uri) && !fitsUri(uri, path, query, match.ignoreUriCase)) return "uri";
  if (method !== undefined && !fits(method, request.method)) return "method";
  if (authority !== undefined && !fits(authority, authorityOf(request))) return "authority";
  if (scheme !== undefined && !fits(scheme, request.scheme)) return "scheme";
  for (const [name, wanted] of Object.entries(headers)) {
    if (!fitsHeader(name, wanted, request)) return `headers.${name}`;
  }
  for (const [name, unwanted] of Object.entries(withoutHeaders)) {
    if (hasHeader(name, unwanted, request)) return `withoutHeaders.${name}`;
  }
  for (const [name, wanted] of Object.entries(queryParams)) {
    const value = parameterOf(query, name);
    if (value === undefined || !(isPresence(wanted) || fits(wanted, value))) return `queryParams.${name}`;
  }
  return undefined;
}

/** Whether it takes every request, so that no route behind it is ever reached. */
export function isCatchAll(match: HttpMatch | undefined): boolean {
  if (match === undefined) return true;
  const { uri, method, authority, scheme, headers = {}, withoutHeaders = {}, queryParams = {} } = match;
  const conditions = [headers, withoutHeaders, queryParams].flatMap((list) => Object.keys(list));
  if (conditions.length > 0 || method !== undefined || authority !== undefined || scheme !== undefined) return false;
  return uri === undefined || isAnything(uri) || uri.prefix === "/" || uri.regex === ".*";
}

/** A prefix may go on into the query; what is exact, or an expression, is of the path alone. */
function fitsUri(uri: StringMatch, path: string, query: string, ignoreCase = false): boolean {
  return fits(uri, uri.prefix === undefined ? path : path + query, ignoreCase);
}

function fitsHeader(name: string, wanted: StringMatch, request: Request): boolean {
  if (isJwtClaim(name)) return claimsOf(name, request).some((value) => fits(wanted, value));
  const value = headerOf(name, request);
  return value !== undefined && (isPresence(wanted) || fits(wanted, value));
}

/** Whether a header is there as it must not be. One that is missing counts as empty. */
function hasHeader(name: string, unwanted: StringMatch, request: Request): boolean {
  if (isJwtClaim(name)) return fitsHeader(name, unwanted, request);
  const value = headerOf(name, request);
  return isPresence(unwanted) ? value !== undefined : fits(unwanted, value ?? "");
}

function headerOf(name: string, request: Request): string | undefined {
  const key = name.toLowerCase();
  if (isAuthority(key)) return authorityOf(request);
  if (key === ":method") return request.method;
  if (key === ":scheme") return request.scheme;
  if (key === ":path") return request.path;
  return request.headers[key];
}

/** The values of the claim that a name such as `@request.auth.claims[groups]` means. */
function claimsOf(name: string, { claims = {} }: Request): readonly string[] {
  const value = claims[claimIn(name)] ?? [];
  return typeof value === "string" ? [value] : value;
}

/** The first value of a parameter, as it is written. */
function parameterOf(query: string, name: string): string | undefined {
  for (const part of query.slice(1).split("&")) {
    const [key = "", ...rest] = part.split("=");
    if (part !== "" && key === name) return rest.join("=");
  }
  return undefined;
}
