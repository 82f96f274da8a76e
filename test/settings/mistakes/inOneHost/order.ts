import type { Mistake } from "../mistake.ts";
import { inRoutes } from "./rows.ts";

export const order: readonly Mistake[] = [
  inRoutes(
    "a prefix that takes every path",
    "{ match: [{ uri: { prefix: / } }], to: { v1: 100 } }, { match: [{ uri: { prefix: /api } }], to: { v2: 100 } }",
    "{ match: [{ uri: { prefix: /api } }], to: { v2: 100 } }, { match: [{ uri: { prefix: / } }], to: { v1: 100 } }",
    "[1]",
    /never reached: the route 0/,
  ),
  inRoutes(
    "an expression for every path",
    "{ match: [{ uri: { regex: '/.*' } }], to: { v1: 100 } }, { to: { v2: 100 } }, { to: { v1: 100 } }",
    "{ match: [{ uri: { regex: '/.+' } }], to: { v1: 100 } }, { to: { v2: 100 } }",
    "[2]",
    /never reached: the route 1/,
  ),
  inRoutes(
    "the same match twice",
    "{ match: [{ headers: { x-a: { exact: b } } }] }, { match: [{ headers: { x-a: { exact: b } } }], to: { v2: 100 } }, {}",
    "{ match: [{ headers: { x-a: { exact: b } } }] }, { match: [{ headers: { x-a: { exact: c } } }], to: { v2: 100 } }, {}",
    "[1]",
    /never reached/,
  ),
  inRoutes(
    "a path below a prefix that stands before",
    "{ match: [{ uri: { prefix: /api } }] }, { match: [{ uri: { exact: /api/new } }, { uri: { exact: /new } }], to: { v2: 100 } }, {}",
    "{ match: [{ uri: { exact: /api/new } }, { uri: { exact: /new } }], to: { v2: 100 } }, { match: [{ uri: { prefix: /api } }] }, {}",
    "[1].match[0]",
    /takes nothing: the route 0/,
  ),
  inRoutes(
    "a narrower match behind a wider one",
    "{ match: [{ headers: { x-a: { present: true } } }] }, { match: [{ uri: { prefix: /a }, headers: { x-a: { exact: b } } }], to: { v2: 100 } }, {}",
    "{ match: [{ headers: { x-a: { present: true } }, method: { exact: GET } }] }, { match: [{ headers: { x-a: { exact: b } } }], to: { v2: 100 } }, {}",
    "[1]",
    /never reached/,
  ),
];
