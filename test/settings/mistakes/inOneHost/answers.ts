import type { Mistake } from "../mistake.ts";
import { inRoutes } from "./rows.ts";

const LOOP = /leads back.*for ever/;

export const answers: readonly Mistake[] = [
  inRoutes(
    "a redirect into its own prefix",
    "{ match: [{ uri: { prefix: /shop } }], redirect: { uri: /shop/home } }, {}",
    "{ match: [{ uri: { exact: /shop/home } }] }, { match: [{ uri: { prefix: /shop } }], redirect: { uri: /shop/home } }, {}",
    "[0].redirect",
    LOOP,
  ),
  inRoutes(
    "a redirect of everything to a path",
    "{ redirect: { uri: /new } }",
    "{ redirect: { uri: /new, authority: a.b } }",
    "[0].redirect",
    LOOP,
  ),
  inRoutes(
    "a redirect to the same host",
    "{ match: [{ authority: { exact: a.b } }], redirect: { authority: a.b } }, {}",
    "{ match: [{ authority: { exact: a.b } }], redirect: { authority: www.a.b } }, {}",
    "[0].redirect",
    LOOP,
  ),
  inRoutes(
    "a redirect to https on 80",
    "{ redirect: { scheme: https, port: 80 } }",
    "{ redirect: { scheme: https, port: 8443 } }",
    "[0].redirect.port",
    /other scheme/,
  ),
  inRoutes(
    "a redirect with two ports",
    '{ redirect: { authority: "a.b:81", port: 82 } }',
    '{ redirect: { authority: "a.b:81" } }',
    "[0].redirect.port",
    /leave one/,
  ),
  inRoutes(
    "a rewrite that doubles the slash",
    "{ match: [{ uri: { prefix: /api } }], rewrite: { uri: / } }, {}",
    "{ match: [{ uri: { prefix: /api/ } }, { uri: { exact: /api } }], rewrite: { uri: / } }, {}",
    "[0].rewrite.uri",
    /two.*end the prefix with a slash/,
  ),
  inRoutes(
    "a rewrite that glues two words",
    "{ match: [{ uri: { prefix: /api/ } }], rewrite: { uri: /v2 } }, {}",
    "{ match: [{ uri: { prefix: /api/ } }], rewrite: { uri: /v2/ } }, {}",
    "[0].rewrite.uri",
    /sticks to it/,
  ),
  inRoutes(
    "a rewrite of every path",
    "{ rewrite: { uri: /v2 } }",
    "{ rewrite: { uri: /v2/ } }",
    "[0].rewrite.uri",
    /sticks to it/,
  ),
  inRoutes(
    "a rewrite with a query",
    '{ match: [{ uri: { prefix: /a/ } }], rewrite: { uri: "/b?c=" } }, {}',
    '{ match: [{ uri: { exact: /a } }], rewrite: { uri: "/b?c=d" } }, {}',
    "[0].rewrite.uri",
    /no query/,
  ),
  inRoutes(
    "an answer without a body that has one",
    "{ directResponse: { status: 204, body: no } }",
    "{ directResponse: { status: 200, body: no } }",
    "[0].directResponse.body",
    /answers have none/,
  ),
  inRoutes(
    "a mirror to itself",
    "{ to: { v1: 100 }, mirrors: [{ subset: v1 }] }",
    "{ to: { v1: 100 }, mirrors: [{ subset: v2 }] }",
    "[0].mirrors[0]",
    /done twice/,
  ),
  inRoutes(
    "a mirror to the host itself",
    "{ mirrors: [{ host: reviews }] }",
    "{ mirrors: [{ host: details }] }",
    "[0].mirrors[0]",
    /done twice/,
  ),
  inRoutes(
    "an attempt as long as the timeout",
    "{ timeout: 2s, retries: { attempts: 2, perTryTimeout: 2s } }",
    "{ timeout: 6s, retries: { attempts: 2, perTryTimeout: 2s } }",
    "[0].retries.perTryTimeout",
    /not shorter/,
  ),
];
