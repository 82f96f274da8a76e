import type { Workload } from "./world.ts";

/** A request of HTTP, as its client sends it. */
export interface Request {
  /** Who sends it: pods of the mesh or beside it, or somebody outside who comes in by the pods of a gateway. */
  readonly from: { readonly pod: Workload } | { readonly gateway: Workload };
  readonly scheme: "http" | "https";
  /** Of the URL, without the port. */
  readonly host: string;
  /** At which it is sent. At a gateway, that of its Service. */
  readonly port: number;
  readonly method: string;
  /** With the query, such as `/reviews/1?draft=1`. */
  readonly path: string;
  /** By lower-case name. One of `host` replaces the authority of the URL. */
  readonly headers: Readonly<Record<string, string>>;
  /** What its token says, if it has a valid one. */
  readonly claims?: Readonly<Record<string, string | readonly string[]>>;
}

/** What the header `host` says: with the port, where it is not the one that the scheme means anyway. */
export function authorityOf({ headers, scheme, host, port }: Request): string {
  if (headers.host !== undefined) return headers.host;
  return port === (scheme === "http" ? 80 : 443) ? host : `${host}:${port}`;
}

/** The host that a request asks for, in lower case and without a port. */
export function askedHost(request: Request): string {
  return authorityOf(request).toLowerCase().replace(/:\d+$/, "");
}

export interface Path {
  /** Without the query. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
}

/** The path of a request, which proxies normalize before they look at it. A fragment is never sent. */
export function pathOf({ path }: Request): Path {
  const [whole = ""] = path.split("#");
  const at = whole.indexOf("?");
  const plain = at < 0 ? whole : whole.slice(0, at);
  return { path: withoutDots(plain), query: at < 0 ? "" : whole.slice(at) };
}

/** Without the segments `.` and `..`, as RFC 3986 removes them. */
function withoutDots(path: string): string {
  if (!/\/\.{1,2}(\/|$)/.test(path)) return path;
  return new URL(path, "http://localhost").pathname;
}
