import type { Mistake } from "../mistake.ts";
import { inRoutes } from "./rows.ts";

/** A mistake in the match of a route, behind which is one for the rest. */
export const inMatch = (mistake: string, wrong: string, right: string, at: string, says: RegExp): Mistake => {
  const route = (match: string) => `{ match: [{ ${match} }], to: { v2: 100 } }, { to: { v1: 100 } }`;
  return inRoutes(mistake, route(wrong), route(right), `[0].match[0]${at}`, says);
};

const EVERY = /takes every request/;
const METHOD = /matches no method.*capital/;
const SCHEME = /matches no scheme/;
const HOST = /matches no host.*small letters/;
const PATH = /matches no path.*slash/;
const QUERY = /without a query and a fragment/;
const SIGNS = /none of \*, \{ and \}/;

export const matches: readonly Mistake[] = [
  inMatch("headers without one", "headers: {}", "headers: { x-a: { present: true } }", ".headers", EVERY),
  inMatch(
    "no refused headers",
    "withoutHeaders: {}",
    "withoutHeaders: { x-a: { exact: b } }",
    ".withoutHeaders",
    EVERY,
  ),
  inMatch("parameters without one", "queryParams: {}", "queryParams: { a: { exact: b } }", ".queryParams", EVERY),
  inMatch(
    "headers without one beside a path",
    "uri: { exact: /a }, headers: {}",
    "uri: { exact: /a }",
    ".headers",
    EVERY,
  ),
  inMatch("clients without a label", "sourceLabels: {}", "sourceLabels: { app: a }", ".sourceLabels", /all pods/),
  inMatch("a method in small letters", "method: { exact: get }", "method: { exact: GET }", ".method.exact", METHOD),
  inMatch("a method with one capital", "method: { prefix: Po }", "method: { prefix: PO }", ".method.prefix", METHOD),
  inMatch(
    "methods in small letters",
    "method: { regex: get|post }",
    "method: { regex: (?i)get|post }",
    ".method.regex",
    METHOD,
  ),
  inMatch("a wildcard for methods", 'method: { exact: "*" }', 'method: { regex: ".*" }', ".method.exact", METHOD),
  inMatch(
    "the method as a header in small letters",
    'headers: { ":method": { exact: post } }',
    'headers: { ":method": { exact: M-SEARCH } }',
    '.headers[":method"].exact',
    METHOD,
  ),
  inMatch("a scheme in capitals", "scheme: { exact: HTTPS }", "scheme: { exact: https }", ".scheme.exact", SCHEME),
  inMatch("the scheme of gRPC", "scheme: { exact: grpc }", "scheme: { prefix: http }", ".scheme.exact", SCHEME),
  inMatch(
    "a scheme with slashes",
    'scheme: { prefix: "http://" }',
    "scheme: { regex: https? }",
    ".scheme.prefix",
    SCHEME,
  ),
  inMatch(
    "a host with a scheme",
    'authority: { exact: "https://a.b" }',
    "authority: { exact: a.b }",
    ".authority.exact",
    HOST,
  ),
  inMatch(
    "a host in capitals",
    "authority: { exact: Shop.example.com }",
    'authority: { exact: "shop.example.com:8080" }',
    ".authority.exact",
    HOST,
  ),
  inMatch("a host with a path", "authority: { exact: a.b/c }", "authority: { prefix: a.b }", ".authority.exact", HOST),
  inMatch(
    "a wildcard for hosts",
    'authority: { exact: "*.a.b" }',
    "authority: { regex: '.*\\.a\\.b' }",
    ".authority.exact",
    HOST,
  ),
  inMatch(
    "a query in a path",
    'uri: { exact: "/a?b=c" }',
    "uri: { exact: /a }, queryParams: { b: { exact: c } }",
    ".uri.exact",
    QUERY,
  ),
  inMatch("a fragment in a prefix", 'uri: { prefix: "/a#b" }', "uri: { prefix: /a }", ".uri.prefix", QUERY),
  inMatch("a wildcard in a prefix", "uri: { prefix: /api/* }", "uri: { prefix: /api/ }", ".uri.prefix", SIGNS),
  inMatch(
    "a wildcard in a path",
    "uri: { exact: /api/*/items }",
    "uri: { regex: '/api/[^/]+/items' }",
    ".uri.exact",
    SIGNS,
  ),
  inMatch("a parameter in a path", 'uri: { exact: "/users/{id}" }', "uri: { prefix: /users/ }", ".uri.exact", SIGNS),
  inMatch(
    "an expression without a slash",
    "uri: { regex: 'api/.*' }",
    "uri: { regex: '.*api/.*' }",
    ".uri.regex",
    PATH,
  ),
  inMatch(
    "an expression that refuses a slash",
    "uri: { regex: '[^/]+' }",
    "uri: { regex: '/[^/]+' }",
    ".uri.regex",
    PATH,
  ),
  inMatch(
    "an expression with a query",
    "uri: { regex: '/a\\?b=.*' }",
    "uri: { regex: '/a(\\?b=.*)?' }",
    ".uri.regex",
    PATH,
  ),
  inMatch(
    "an expression that ends in the middle",
    "uri: { regex: '/a$/b' }",
    "uri: { regex: '^/a/b$' }",
    ".uri.regex",
    PATH,
  ),
];
