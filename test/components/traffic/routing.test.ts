import { describe, expect, it } from "vitest";
import { routing, type RoutingArgs } from "../../../components/traffic/routing/routing.ts";
import { destinationRuleSpec, virtualServiceSpec } from "../../../components/traffic/serviceRouting.ts";
import { fullRoute } from "./fixtures.ts";
import { pathsOf, wordsOf } from "./problems.ts";

const valid: RoutingArgs<"v1" | "v2"> = {
  subsets: { v1: {}, v2: {} },
  routes: [{ match: [{ uri: { prefix: "/a" } }], to: { v2: 100 } }, { to: { v1: 90, v2: 10 } }],
};

/** The valid arguments with one route in the place of theirs. */
const route = (args: unknown) => ({ ...valid, routes: [args] });
const match = (args: unknown) => route({ match: [args] });

describe("arguments of a routing", () => {
  it("can be all there are", () => {
    expect(wordsOf(routing, valid)).toEqual([]);
    expect(wordsOf(routing, { ...valid, routes: [fullRoute] })).toEqual([]);
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["nothing is said", {}, [""]],
    ["an argument is not known", { ...valid, rutes: [] }, ["rutes"]],
    ["it has hosts but no routes", { subsets: { v1: {} }, hosts: ["a.b"] }, ["hosts"]],
    ["the host is an expression", { ...valid, host: "re*iews" }, ["host"]],
    ["routes are empty", { ...valid, routes: [] }, ["routes"]],
    ["a subset's name is none", { subsets: { V_1: {} } }, ["subsets.V_1"]],
    ["a label is a number", { subsets: { v1: { labels: { version: 1 } } } }, ["subsets.v1.labels.version"]],
    ["a namespace to export to is none", { ...valid, exportTo: ["A"] }, ["exportTo[0]"]],
    ["namespaces stand beside all of them", { ...valid, exportTo: [".", "*"] }, ["exportTo"]],
    ["the host ends like an address", { ...valid, host: "reviews.1" }, ["host"]],
    [
      "a status code has no name",
      route({ retries: { attempts: 1, retryOn: [555] } }),
      ["routes[0].retries.retryOn[0]"],
    ],
    [
      "a status code is one of Apache's",
      route({ retries: { attempts: 1, retryOn: [509] } }),
      ["routes[0].retries.retryOn[0]"],
    ],
    ["nobody knows who manages the weights", { ...valid, weightsManagedBy: "me" }, ["weightsManagedBy"]],
    ["Flagger would make a second VirtualService", { ...valid, weightsManagedBy: "flagger" }, ["weightsManagedBy"]],

    ["a route names an unknown subset", route({ to: { v3: 100 } }), ["routes[0].to.v3"]],
    ["a list names an unknown subset", route({ to: [{ subset: "v3" }] }), ["routes[0].to[0].subset"]],
    ["a mirror names an unknown subset", route({ mirrors: [{ subset: "v3" }] }), ["routes[0].mirrors[0].subset"]],
    ["a TCP route names an unknown subset", { ...valid, tcpRoutes: [{ to: { v3: 100 } }] }, ["tcpRoutes[0].to.v3"]],
    ["shares sum to 120", route({ to: { v1: 100, v2: 20 } }), ["routes[0].to"]],
    ["shares of a list sum to 50", route({ to: [{ subset: "v1", weight: 50 }] }), ["routes[0].to"]],
    ["shares are fractions", route({ to: { v1: 99.5, v2: 0.5 } }), ["routes[0].to.v1", "routes[0].to.v2"]],
    ["a share is negative", route({ to: { v1: 110, v2: -10 } }), ["routes[0].to.v1", "routes[0].to.v2"]],
    ["a share is a string", route({ to: { v1: "100" } }), ["routes[0].to.v1"]],
    ["no subset has a share", route({ to: {} }), ["routes[0].to"]],
    [
      "one of two has no weight",
      route({ to: [{ subset: "v1", weight: 100 }, { subset: "v2" }] }),
      ["routes[0].to[1].weight"],
    ],
    ["destinations are a word", route({ to: "v1" }), ["routes[0].to"]],
    ["a destination's port is none", route({ to: [{ port: 0 }] }), ["routes[0].to[0].port"]],
    ["a route stands behind one that takes all", { ...valid, routes: [{}, { to: { v1: 100 } }] }, ["routes[1]"]],
    [
      "a mirror takes too much",
      route({ mirrors: [{ subset: "v1", percentage: 101 }] }),
      ["routes[0].mirrors[0].percentage"],
    ],

    ["a match says nothing", match({}), ["routes[0].match[0]"]],
    ["there is a list without a match", route({ match: [] }), ["routes[0].match"]],
    ["a path has no slash", match({ uri: { prefix: "api" } }), ["routes[0].match[0].uri.prefix"]],
    ["a path has a query", match({ uri: { exact: "/a?b=c" } }), ["routes[0].match[0].uri.exact"]],
    ["two comparisons are one", match({ uri: { exact: "/a", prefix: "/a" } }), ["routes[0].match[0].uri"]],
    ["a comparison is a word", match({ headers: { a: "b" } }), ["routes[0].match[0].headers.a"]],
    ["RE2 has no lookahead", match({ headers: { a: { regex: "(?!b)" } } }), ["routes[0].match[0].headers.a.regex"]],
    ["a prefix is empty", match({ method: { prefix: "" } }), ["routes[0].match[0].method.prefix"]],
    [
      "a header has a capital letter",
      match({ headers: { "End-User": { exact: "a" } } }),
      ["routes[0].match[0].headers.End-User"],
    ],
    [
      "Istio ignores a header of that name",
      match({ headers: { uri: { exact: "a" } } }),
      ["routes[0].match[0].headers.uri"],
    ],
    ["the case matters to nothing", match({ ignoreUriCase: true, port: 80 }), ["routes[0].match[0].ignoreUriCase"]],
    [
      "the case of an expression",
      match({ uri: { regex: "/a" }, ignoreUriCase: true }),
      ["routes[0].match[0].ignoreUriCase"],
    ],
    ["presence is denied", match({ headers: { a: { present: false } } }), ["routes[0].match[0].headers.a.present"]],
    ["a gateway is not the service's", match({ gateways: ["public"] }), ["routes[0].match[0].gateways[0]"]],
    ["a namespace is none", match({ sourceNamespace: "A b" }), ["routes[0].match[0].sourceNamespace"]],
    [
      "requests from outside have labels",
      { ...match({ sourceLabels: { app: "a" } }), gateways: ["public"] },
      ["routes[0].match[0].sourceLabels"],
    ],
    [
      "sidecars do not look into tokens",
      match({ headers: { "@request.auth.claims.sub": { exact: "a" } } }),
      ['routes[0].match[0].headers["@request.auth.claims.sub"]'],
    ],

    ["a timeout has no unit", route({ timeout: "5" }), ["routes[0].timeout"]],
    ["a timeout is a number", route({ timeout: 5 }), ["routes[0].timeout"]],
    [
      "an attempt outlives the request",
      route({ timeout: "1s", retries: { attempts: 3, perTryTimeout: "2s" } }),
      ["routes[0].retries.perTryTimeout"],
    ],
    ["retries have no number", route({ retries: { perTryTimeout: "2s" } }), ["routes[0].retries.attempts"]],
    [
      "no retries have a timeout",
      route({ retries: { attempts: 0, perTryTimeout: "2s" } }),
      ["routes[0].retries.perTryTimeout"],
    ],
    [
      "a condition is unknown",
      route({ retries: { attempts: 1, retryOn: ["gateway-eror"] } }),
      ["routes[0].retries.retryOn[0]"],
    ],
    [
      "conditions are one string",
      route({ retries: { attempts: 1, retryOn: "5xx,reset" } }),
      ["routes[0].retries.retryOn"],
    ],
    [
      "a status to retry on is none",
      route({ retries: { attempts: 1, retryOn: [600] } }),
      ["routes[0].retries.retryOn[0]"],
    ],

    ["a fault is none", route({ fault: {} }), ["routes[0].fault"]],
    ["an abort has no status", route({ fault: { abort: { percentage: 10 } } }), ["routes[0].fault.abort"]],
    [
      "an abort has two statuses",
      route({ fault: { abort: { httpStatus: 500, grpcStatus: "INTERNAL" } } }),
      ["routes[0].fault.abort"],
    ],
    ["a status is none", route({ fault: { abort: { httpStatus: 99 } } }), ["routes[0].fault.abort.httpStatus"]],
    [
      "a gRPC status is none",
      route({ fault: { abort: { grpcStatus: "BROKEN" } } }),
      ["routes[0].fault.abort.grpcStatus"],
    ],
    ["a delay has no time", route({ fault: { delay: {} } }), ["routes[0].fault.delay.fixedDelay"]],
    [
      "a percentage is too small",
      route({ fault: { delay: { fixedDelay: "1s", percentage: 0.00001 } } }),
      ["routes[0].fault.delay.percentage"],
    ],

    ["a redirect has a destination", route({ redirect: { authority: "a.b" }, to: { v1: 100 } }), ["routes[0].to"]],
    ["a redirect has a fault", route({ redirect: { authority: "a.b" }, fault: fullRoute.fault }), ["routes[0].fault"]],
    ["a redirect leads back", route({ redirect: { redirectCode: 302 } }), ["routes[0].redirect"]],
    [
      "a redirect is a success",
      route({ redirect: { authority: "a.b", redirectCode: 200 } }),
      ["routes[0].redirect.redirectCode"],
    ],
    [
      "two things answer",
      route({ redirect: { authority: "a.b" }, directResponse: { status: 200 } }),
      ["routes[0].directResponse"],
    ],
    ["a direct response is none", route({ directResponse: { status: 600 } }), ["routes[0].directResponse.status"]],
    [
      "a direct response is a book",
      route({ directResponse: { status: 200, body: "x".repeat(200_000) } }),
      ["routes[0].directResponse.body"],
    ],
    ["a direct response waits", route({ directResponse: { status: 200 }, timeout: "1s" }), ["routes[0].timeout"]],
    ["a rewrite is none", route({ rewrite: {} }), ["routes[0].rewrite"]],
    [
      "a rewrite has two ways",
      route({ rewrite: { uri: "/a/", uriRegexRewrite: { match: "a", rewrite: "b" } } }),
      ["routes[0].rewrite.uriRegexRewrite"],
    ],
    [
      "a rewrite looks back",
      route({ rewrite: { uriRegexRewrite: { match: "(a)\\1", rewrite: "b" } } }),
      ["routes[0].rewrite.uriRegexRewrite.match"],
    ],
    [
      "a rewrite names a group too many",
      route({ rewrite: { uriRegexRewrite: { match: "^/(a)/(b)$", rewrite: "/\\3" } } }),
      ["routes[0].rewrite.uriRegexRewrite.rewrite"],
    ],
    [
      "a rewrite has half a backslash",
      route({ rewrite: { uriRegexRewrite: { match: "^/(a)/(b)$", rewrite: "/\\x" } } }),
      ["routes[0].rewrite.uriRegexRewrite.rewrite"],
    ],
    [
      "a rewrite ends with a backslash",
      route({ rewrite: { uriRegexRewrite: { match: "^/(a)/(b)$", rewrite: "/a\\" } } }),
      ["routes[0].rewrite.uriRegexRewrite.rewrite"],
    ],
    [
      "a rewrite has two lines",
      route({ rewrite: { uriRegexRewrite: { match: "^/(a)/(b)$", rewrite: "/a\nb" } } }),
      ["routes[0].rewrite.uriRegexRewrite.rewrite"],
    ],
    ["a rewrite has a control character", route({ rewrite: { uri: "/a\0" } }), ["routes[0].rewrite.uri"]],
    [
      "a redirect has a control character",
      route({ match: [{ uri: { exact: "/" } }], redirect: { uri: "/a\0" } }),
      ["routes[0].redirect.uri"],
    ],
    [
      "an expression repeats too much for Envoy",
      match({ uri: { regex: `/${"x{1000}".repeat(33)}` } }),
      ["routes[0].match[0].uri.regex"],
    ],
    ["a parameter has no name", match({ queryParams: { "": { exact: "a" } } }), ['routes[0].match[0].queryParams[""]']],
    [
      "a parameter's name is longer than Envoy takes",
      match({ queryParams: { ["é".repeat(257)]: { exact: "a" } } }),
      [`routes[0].match[0].queryParams["${"é".repeat(257)}"]`],
    ],
    ["a timeout is longer than Envoy counts", route({ timeout: "2562048h" }), ["routes[0].timeout"]],

    [
      "a header's name has a space",
      route({ headers: { request: { set: { "a b": "c" } } } }),
      ['routes[0].headers.request.set["a b"]'],
    ],
    [
      "the host is set",
      route({ headers: { request: { set: { Host: "c" } } } }),
      ["routes[0].headers.request.set.Host"],
    ],
    [
      "a pseudo header is set",
      route({ headers: { request: { set: { ":path": "/" } } } }),
      ['routes[0].headers.request.set[":path"]'],
    ],
    [
      "a percent sign stands alone",
      route({ headers: { request: { add: { a: "100%" } } } }),
      ["routes[0].headers.request.add.a"],
    ],
    [
      "a value has two lines",
      route({ headers: { response: { add: { a: "b\nc" } } } }),
      ["routes[0].headers.response.add.a"],
    ],
    [
      "values have variables that Envoy does not know",
      route({ headers: { request: { set: { a: "%FOO%" } }, response: { add: { b: "%REQ%", c: "%PROTOCOL%" } } } }),
      ["routes[0].headers.request.set.a", "routes[0].headers.response.add.b"],
    ],
    [
      "a value of a share has a variable that Istio does not take",
      route({ to: [{ headers: { request: { set: { a: "%REQ(x-a):3%" } } } }] }),
      ["routes[0].to[0].headers.request.set.a"],
    ],
    [
      "a value is longer than Envoy takes",
      route({ headers: { request: { set: { a: "a".repeat(16385) } } } }),
      ["routes[0].headers.request.set.a"],
    ],
    ["no header changes", route({ headers: { response: {} } }), ["routes[0].headers.response"]],
    ["there is no origin", route({ cors: { allowOrigins: [] } }), ["routes[0].cors.allowOrigins"]],
    [
      "a method is none",
      route({ cors: { allowOrigins: [{ exact: "*" }], allowMethods: ["get"] } }),
      ["routes[0].cors.allowMethods[0]"],
    ],
    [
      "an age is finer than seconds",
      route({ cors: { allowOrigins: [{ exact: "*" }], maxAge: "500ms" } }),
      ["routes[0].cors.maxAge"],
    ],

    [
      "a range of addresses is none",
      { ...valid, tcpRoutes: [{ match: [{ destinationSubnets: ["10.0.0.0/33"] }] }] },
      ["tcpRoutes[0].match[0].destinationSubnets[0]"],
    ],
    ["a TCP route has headers", { ...valid, tcpRoutes: [{ to: [{ headers: {} }] }] }, ["tcpRoutes[0].to[0].headers"]],
    ["a TLS route takes all", { ...valid, tlsRoutes: [{ to: { v1: 100 } }] }, ["tlsRoutes[0].match"]],
    [
      "a TLS match has no host",
      { ...valid, tlsRoutes: [{ match: [{ port: 443 }] }] },
      ["tlsRoutes[0].match[0].sniHosts"],
    ],
  ])("are refused where %s", (_why, args, paths) => {
    expect(pathsOf(routing, args).sort()).toEqual([...paths].sort());
  });

  it("are refused with everything that is wrong, in words that show the way out", () => {
    const args = {
      subsets: { v1: {}, v3: {} },
      routes: [
        { match: [{ uri: { prefix: "/api" }, metod: { exact: "GET" } }], to: { v2: 100 }, timeout: "5" },
        { to: { v1: 90, v3: 20 }, retries: { attempts: "3" } },
      ],
    };
    expect(wordsOf(routing, args).sort()).toEqual([
      "routes[0].match[0].metod is no argument; did you mean method?",
      'routes[0].timeout must be a duration of whole milliseconds, 1 or more, with its unit, such as "500ms", "2s" or "5m"',
      "routes[0].to.v2 names no subset of this service; there are v1, v3",
      "routes[1].retries.attempts must be a whole number from 0 to 100; it is a string",
      "routes[1].to must be shares that sum to 100, not to 110",
    ]);
  });

  it.each([
    [
      "%DOWNSTREAM_REMOTE_ADRESS%",
      "has a variable that Envoy does not know; did you mean %DOWNSTREAM_REMOTE_ADDRESS%?",
    ],
    ["%REQ%", "has REQ without its argument; write it as in %REQ(x-request-id)%"],
    [
      "%REQ(x-a):3%",
      'has a variable that Envoy takes and Istio does not: write no length behind it, no empty parentheses, no parenthesis in its argument, no backslash at its end, and double quotes only as in %DYNAMIC_METADATA(["a", "b"])%',
    ],
    ["a\u0001b", "must be the value of a header: one line, without control characters"],
    [5, "must be the value of a header, as a string; put it in quotes; it is a number"],
  ])("are refused with a header's value of %j, in words that show the way out", (value, words) => {
    const args = route({ headers: { request: { set: { "x-a": value } } } });
    expect(wordsOf(routing, args)).toEqual([`routes[0].headers.request.set.x-a ${words}`]);
  });

  it.each([
    "%DOWNSTREAM_REMOTE_ADDRESS%",
    "by %REQ(x-a?:authority)%",
    "100%%",
    '%DYNAMIC_METADATA(["a", "b"])%',
    "",
    "a\tb",
  ])("are taken with a header's value of %j", (value) => {
    expect(wordsOf(routing, route({ headers: { response: { set: { "x-a": value } } } }))).toEqual([]);
  });

  it.each(["/\\2/of/\\1", "/\\0\\\\3", "/$1"])("are taken with the rewrite %s", (rewrite) => {
    const args = route({ rewrite: { uriRegexRewrite: { match: "^/(a)/(b)$", rewrite } } });
    expect(wordsOf(routing, args)).toEqual([]);
  });

  it("are refused with a rewrite that names a group too many, with the number of those that there are", () => {
    const args = route({ rewrite: { uriRegexRewrite: { match: "^/(a)/(?:b)$", rewrite: "/\\2" } } });
    expect(wordsOf(routing, args)).toEqual([
      "routes[0].rewrite.uriRegexRewrite.rewrite names a group that the match does not have: it has 1, and \\0 is all of it",
    ]);
  });

  it("are refused without a word of a value that may be secret", () => {
    const secret = "s3cret";
    const args = route({ match: [{ headers: { "x-dev-user": { exact: secret, prefix: secret } } }], timeout: secret });
    expect(wordsOf(routing, args)).toHaveLength(2);
    expect(wordsOf(routing, args).join()).not.toContain(secret);
  });
});

describe("the specs of a routing", () => {
  it("name the versions by their label where nothing else is said", () => {
    expect(destinationRuleSpec("reviews", { subsets: { v1: {}, canary: { labels: { track: "canary" } } } })).toEqual({
      host: "reviews",
      subsets: [
        { name: "v1", labels: { version: "v1" } },
        { name: "canary", labels: { track: "canary" } },
      ],
    });
  });

  it("keep shares of 0 and the order of the arguments", () => {
    const { http } = virtualServiceSpec("reviews", { routes: [{ to: { v3: 0, v1: 100 } }] });
    expect(http).toEqual([
      {
        route: [
          { destination: { host: "reviews", subset: "v3" }, weight: 0 },
          { destination: { host: "reviews", subset: "v1" }, weight: 100 },
        ],
      },
    ]);
  });

  it("send everything to the service where no destination is named", () => {
    expect(virtualServiceSpec("details", { routes: [{ timeout: "1s" }] })).toEqual({
      hosts: ["details"],
      http: [{ route: [{ destination: { host: "details" } }], timeout: "1s" }],
    });
  });

  it("let a single destination go without a weight", () => {
    const { http } = virtualServiceSpec("ratings", { routes: [{ to: [{ subset: "v2-mysql-vm" }] }] });
    expect(http).toEqual([{ route: [{ destination: { host: "ratings", subset: "v2-mysql-vm" } }] }]);
  });

  it("take every request into a fault that has no percentage", () => {
    const { http } = virtualServiceSpec("ratings", { routes: [{ fault: { delay: { fixedDelay: "7s" } } }] });
    expect(http?.[0]?.fault).toEqual({ delay: { fixedDelay: "7s", percentage: { value: 100 } } });
  });

  it("say all of a route in Istio's words", () => {
    const { http } = virtualServiceSpec("reviews", { routes: [fullRoute] });
    expect(http?.[0]).toEqual({
      name: "full",
      match: [
        {
          ...fullRoute.match[0],
          headers: { "end-user": { exact: "jason" }, "x-dev-user": {}, ":authority": { prefix: "rev" } },
          withoutHeaders: { "x-bot": {} },
        },
        { uri: { exact: "/health" } },
      ],
      route: [
        {
          destination: { host: "reviews", subset: "v1" },
          weight: 90,
          headers: { response: { set: { "x-version": "v1" } } },
        },
        { destination: { host: "reviews", subset: "v2", port: { number: 9080 } }, weight: 5 },
        { destination: { host: "reviews.other.svc.cluster.local", subset: "v9" }, weight: 5 },
      ],
      timeout: "3s",
      retries: { ...fullRoute.retries, retryOn: "gateway-error,connect-failure,refused-stream,503" },
      fault: {
        delay: { fixedDelay: "7s", percentage: { value: 10 } },
        abort: { httpStatus: 500, percentage: { value: 0.5 } },
      },
      mirrors: [
        { destination: { host: "reviews", subset: "v2" }, percentage: { value: 50 } },
        { destination: { host: "audit.other.svc.cluster.local", port: { number: 80 } } },
      ],
      rewrite: fullRoute.rewrite,
      headers: fullRoute.headers,
      corsPolicy: fullRoute.cors,
    });
  });

  it("answer instead of the service", () => {
    const { http } = virtualServiceSpec("reviews", {
      routes: [
        { match: [{ uri: { prefix: "/a" } }], redirect: { scheme: "https", port: "FROM_PROTOCOL_DEFAULT" } },
        { match: [{ uri: { prefix: "/b" } }], redirect: { uri: "/c", port: 8080, redirectCode: 308 } },
        { directResponse: { status: 503, body: "back soon" } },
      ],
    });
    expect(http?.map(({ route }) => route)).toEqual([undefined, undefined, undefined]);
    expect(http?.map(({ redirect, directResponse }) => redirect ?? directResponse)).toEqual([
      { scheme: "https", derivePort: "FROM_PROTOCOL_DEFAULT" },
      { uri: "/c", port: 8080, redirectCode: 308 },
      { status: 503, body: { string: "back soon" } },
    ]);
  });

  it("route connections by port and weight", () => {
    const spec = virtualServiceSpec("mongodb", {
      tcpRoutes: [{ match: [{ port: 27017 }], to: { v1: 80, v2: 20 } }],
      tlsRoutes: [{ match: [{ sniHosts: ["mongodb"] }] }],
      gateways: ["mesh", "egress"],
      exportTo: ["."],
    });
    expect(spec).toEqual({
      hosts: ["mongodb"],
      gateways: ["mesh", "egress"],
      tcp: [
        {
          match: [{ port: 27017 }],
          route: [
            { destination: { host: "mongodb", subset: "v1" }, weight: 80 },
            { destination: { host: "mongodb", subset: "v2" }, weight: 20 },
          ],
        },
      ],
      tls: [{ match: [{ sniHosts: ["mongodb"] }], route: [{ destination: { host: "mongodb" } }] }],
      exportTo: ["."],
    });
  });
});
