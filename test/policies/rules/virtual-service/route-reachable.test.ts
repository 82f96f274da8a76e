import { routeReachable } from "../../../../policies/rules/virtual-service/route-reachable.ts";
import { describeRule } from "../../describeRule.ts";
import { routing } from "../../istioctlObjects.ts";

const http = (...routes: object[]) => routing("cart", { http: routes });
const match = (...matches: object[]) => ({ match: matches });
const prefix = (text: string, rest: object = {}) => ({ uri: { prefix: text }, ...rest });
const route = (at: number, protocol = "http") => `spec.${protocol}[${at}]`;
const matchAt = (at: number, of: number, protocol = "http") => `spec.${protocol}[${at}].match[${of}]`;

describeRule(routeReachable, {
  accepts: {
    "one without a match at the end": [http(match(prefix("/a")), match(prefix("/b")), {})],
    "the longer prefix first": [http(match(prefix("/a/b"), prefix("/a")))],
    "different ports": [http(match(prefix("/a", { port: 80 })), match(prefix("/a/b", { port: 90 })))],
    "different methods": [http(match(prefix("/a", { method: { exact: "PUT" } })), match(prefix("/a/b")))],
    "different headers": [
      http(
        match(prefix("/a", { headers: { user: { exact: "a" } } })),
        match(prefix("/a/b", { headers: { user: { exact: "b" } } })),
      ),
    ],
    "more headers": [
      http(
        match(prefix("/a", { headers: { user: { exact: "a" } } })),
        match(prefix("/a/b", { headers: { team: { exact: "a" } } })),
      ),
    ],
    "more query parameters": [http(match(prefix("/a", { queryParams: { q: { exact: "a" } } })), match(prefix("/a/b")))],
    "the same for different clients": [
      http(
        match(prefix("/a", { sourceLabels: { app: "pay" } })),
        match(prefix("/a", { sourceLabels: { app: "cart" } })),
      ),
    ],
    "a path in full behind a prefix, which istioctl passes over": [
      http(match(prefix("/a")), match({ uri: { exact: "/a/b" } })),
    ],
    "different hosts of TLS": [
      routing("cart", { http: [], tls: [match({ sniHosts: ["a"] }), match({ sniHosts: ["b"] })] }),
    ],
  },
  refuses: {
    "one behind all": [[http({}, match(prefix("/a")))], route(1)],
    "two without a match": [[http({}, {})], route(1)],
    "the same match, whatever its name": [
      [
        http(
          match(prefix("/a", { name: "one" })),
          match(prefix("/a", { name: "two", headers: {}, ignoreUriCase: false })),
        ),
      ],
      matchAt(1, 0),
      route(1),
    ],
    "the same match beside another": [[http(match(prefix("/a")), match(prefix("/a"), prefix("/b")))], matchAt(1, 0)],
    "the same match twice in a route": [[http(match(prefix("/a"), prefix("/a")))], matchAt(0, 1)],
    "the shorter prefix first": [[http(match(prefix("/a")), match(prefix("/a/b")))], matchAt(1, 0)],
    "the shorter prefix first in one route": [[http(match(prefix("/a"), prefix("/a/b")))], matchAt(0, 1)],
    "the same headers on a longer prefix": [
      [
        http(
          match(prefix("/a", { headers: { user: { prefix: "a" } } })),
          match(prefix("/a/b", { headers: { user: { prefix: "a" } } })),
        ),
      ],
      matchAt(1, 0),
    ],
    "the same match of TCP": [
      [routing("cart", { http: [], tcp: [match({ port: 80 }), match({ port: 80 })] })],
      matchAt(1, 0, "tcp"),
      route(1, "tcp"),
    ],
    "TLS behind all": [[routing("cart", { http: [], tls: [{}, match({ sniHosts: ["a"] })] })], route(1, "tls")],
  },
});
