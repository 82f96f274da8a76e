// Names of headers, as Istio's own validation reads them.

/** A token of RFC 9110, of which the names of headers are made. */
const TOKEN = /^[!#$%&'*+.^_`|~A-Za-z0-9-]+$/;

/** Whether a request or a response can have a header of this name. */
export const isHeaderName = (name: string) => TOKEN.test(name);

/** Whether the name is of letters, digits, hyphens and underscores only, which is all that some fields take. */
export const isPlainHeaderName = (name: string) => /^[-_A-Za-z0-9]+$/.test(name);

/** What HTTP/2 says of a request beside its headers. */
export const REQUEST_PSEUDO_HEADERS: ReadonlySet<string> = new Set([":method", ":scheme", ":authority", ":path"]);

/** Whether a route can ask for a header of this name. */
export function isMatchableHeader(name: string): boolean {
  return isJwtClaim(name) || REQUEST_PSEUDO_HEADERS.has(name) || name === ":status" || isHeaderName(name);
}

const CLAIMS = "@request.auth.claims";

/** Whether it means a claim of the request's token, as in `@request.auth.claims.sub` or `@request.auth.claims[sub]`. */
export function isJwtClaim(name: string): boolean {
  return name.toLowerCase().startsWith(CLAIMS) && /^(\..+|\[.+\])$/s.test(name.slice(CLAIMS.length));
}

/** The claim that such a name means, its parts with dots between them: `org.group` for `@request.auth.claims[org][group]`. */
export const claimIn = (name: string): string =>
  name
    .slice(CLAIMS.length)
    .replace(/^\.|^\[|\]$/g, "")
    .replaceAll("][", ".");

/** Whether the header is the one that says which host the client wants. */
export function isAuthority(name: string): boolean {
  return [":authority", "host"].includes(name.toLowerCase());
}

/** Whether Envoy lets nobody change the header by its name. */
export function isInternal(name: string): boolean {
  return name.startsWith(":") || name.toLowerCase() === "host";
}
