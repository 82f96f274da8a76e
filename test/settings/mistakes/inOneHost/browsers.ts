import type { Mistake } from "../mistake.ts";
import { inRoutes } from "./rows.ts";

/** A mistake in the CORS of a route. */
const inCors = (mistake: string, wrong: string, right: string, at: string, says: RegExp): Mistake =>
  inRoutes(mistake, `{ cors: { ${wrong} } }`, `{ cors: { ${right} } }`, `[0].cors${at}`, says);

const ORIGIN = /matches no origin/;

export const browsers: readonly Mistake[] = [
  inCors(
    "an origin with a slash",
    'allowOrigins: [{ exact: "https://a.b/" }]',
    'allowOrigins: [{ exact: "https://a.b" }]',
    ".allowOrigins[0].exact",
    ORIGIN,
  ),
  inCors(
    "an origin without a scheme",
    "allowOrigins: [{ exact: a.b }]",
    'allowOrigins: [{ exact: "http://a.b:8080" }]',
    ".allowOrigins[0].exact",
    ORIGIN,
  ),
  inCors(
    "an origin with a path",
    'allowOrigins: [{ prefix: "https://a.b/c" }]',
    'allowOrigins: [{ prefix: "https://a." }]',
    ".allowOrigins[0].prefix",
    ORIGIN,
  ),
  inCors(
    "an origin in capitals",
    'allowOrigins: [{ exact: "https://A.b" }]',
    'allowOrigins: [{ exact: "capacitor://localhost" }]',
    ".allowOrigins[0].exact",
    ORIGIN,
  ),
  inCors(
    "a wildcard in an origin",
    'allowOrigins: [{ exact: "https://*.a.b" }]',
    "allowOrigins: [{ regex: 'https://[^.]+\\.a\\.b' }]",
    ".allowOrigins[0].exact",
    ORIGIN,
  ),
  inCors(
    "an expression without a scheme",
    "allowOrigins: [{ regex: 'a\\.b' }]",
    "allowOrigins: [{ regex: '.*a\\.b' }]",
    ".allowOrigins[0].regex",
    ORIGIN,
  ),
  inCors(
    "an origin with the usual port",
    'allowOrigins: [{ exact: "https://a.b:443" }]',
    'allowOrigins: [{ exact: "https://a.b:8443" }]',
    ".allowOrigins[0].exact",
    /leave out the port/,
  ),
  inCors(
    "every origin with cookies",
    'allowOrigins: [{ exact: "*" }], allowCredentials: true',
    'allowOrigins: [{ exact: "*" }]',
    ".allowOrigins[0]",
    /every page/,
  ),
  inCors(
    "an expression for every origin with cookies",
    "allowOrigins: [{ regex: 'https?://.*' }], allowCredentials: true",
    "allowOrigins: [{ regex: 'https://.*\\.a\\.b' }], allowCredentials: true",
    ".allowOrigins[0]",
    /every page/,
  ),
  inCors(
    "every method with cookies",
    'allowOrigins: [{ exact: "https://a.b" }], allowCredentials: true, allowMethods: ["*"]',
    'allowOrigins: [{ exact: "https://a.b" }], allowMethods: ["*"]',
    ".allowMethods[0]",
    /no wildcard/,
  ),
  inCors(
    "every header with cookies",
    'allowOrigins: [{ exact: "https://a.b" }], allowCredentials: true, allowHeaders: ["*"]',
    'allowOrigins: [{ exact: "https://a.b" }], allowCredentials: true, allowHeaders: [x-a]',
    ".allowHeaders[0]",
    /no wildcard/,
  ),
];
