// Requests that show what a condition takes, and what it leaves.
import type { StringMatch } from "../generated/specs.ts";
import { claimIn, isJwtClaim } from "../headers.ts";
import type { HttpMatch } from "../virtualService.ts";
import { mismatch } from "./httpMatch.ts";
import { pathOf, type Request } from "./request.ts";
import { sampleOf } from "./sampleOf.ts";
import { isPresence } from "./stringMatch.ts";

/** The request, changed so that a condition takes it; undefined where none was found that does. */
export function witness(match: HttpMatch, request: Request): Request | undefined {
  const texts = (list: Readonly<Record<string, StringMatch>> = {}) =>
    Object.entries(list).map(([name, wanted]) => [name.toLowerCase(), textFor(wanted)] as const);
  const headers = new Map(Object.entries(request.headers));
  const claims: Record<string, string | readonly string[]> = { ...request.claims };
  for (const [name, unwanted] of Object.entries(match.withoutHeaders ?? {})) {
    if (isJwtClaim(name)) continue;
    if (mismatch({ withoutHeaders: { [name]: unwanted } }, request) !== undefined)
      headers.set(name.toLowerCase(), "other");
    if (isPresence(unwanted)) headers.delete(name.toLowerCase());
  }
  for (const [name, text] of texts(match.headers)) {
    if (text === undefined) return undefined;
    if (isJwtClaim(name)) claims[claimIn(name)] = text;
    else headers.set(name, text);
  }
  const authority = match.authority && textFor(match.authority);
  if (authority !== undefined) headers.set("host", authority);
  const path = pathOf(request);
  const uri = match.uri && pathFor(match.uri);
  const parameters = texts(match.queryParams).map(([name, text = ""]) => `${name}=${text}`);
  const found: Request = {
    ...request,
    headers: Object.fromEntries(headers),
    ...(Object.keys(claims).length > 0 && { claims }),
    method: (match.method && textFor(match.method)) ?? request.method,
    path: (uri ?? path.path) + (parameters.length > 0 ? `?${parameters.join("&")}` : path.query),
  };
  return mismatch(match, found) === undefined ? found : undefined;
}

/** Requests that fail a condition in one thing each. */
export function nearMisses(match: HttpMatch, request: Request): readonly Request[] {
  const taken = witness(match, request);
  if (taken === undefined) return [];
  const near: Request[] = [];
  if (match.uri !== undefined) near.push({ ...taken, path: `/elsewhere${pathOf(taken).query}` });
  if (match.method !== undefined) near.push({ ...taken, method: taken.method === "GET" ? "POST" : "GET" });
  if (match.queryParams !== undefined) near.push({ ...taken, path: pathOf(taken).path });
  for (const name of Object.keys(match.headers ?? {})) {
    const key = name.toLowerCase();
    const others = Object.entries(taken.headers).filter(([each]) => each !== key);
    near.push(
      { ...taken, headers: Object.fromEntries(others) },
      { ...taken, headers: { ...taken.headers, [key]: "-" } },
    );
  }
  for (const [name, unwanted] of Object.entries(match.withoutHeaders ?? {})) {
    const text = isPresence(unwanted) ? "any" : textFor(unwanted);
    if (text !== undefined) near.push({ ...taken, headers: { ...taken.headers, [name.toLowerCase()]: text } });
  }
  return near.filter((each) => mismatch(match, each) !== undefined);
}

/** A text that a match takes. */
function textFor(match: StringMatch): string | undefined {
  if (isPresence(match)) return "any";
  return match.exact ?? match.prefix ?? sampleOf(match.regex ?? "");
}

/** A path begins with a slash, which an expression need not say. */
function pathFor(match: StringMatch): string | undefined {
  const text = textFor(match);
  return text === undefined || text.startsWith("/") ? text : `/${text}`;
}
