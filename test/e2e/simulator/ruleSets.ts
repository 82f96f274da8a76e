// Sets of routes that nobody has thought of, each for a service of its own.
import fc from "fast-check";
import type { HttpMatch, HttpRoute } from "../../../istio/virtualService.ts";
import { HOME, service } from "./ground.ts";

export interface RuleSet {
  readonly name: string;
  readonly objects: readonly object[];
  readonly matches: readonly HttpMatch[];
}

const text = (...values: string[]) =>
  fc.oneof(
    fc.constantFrom(...values).map((exact) => ({ exact })),
    fc.constantFrom(...values).map((value) => ({ prefix: value.slice(0, 2) })),
    fc.constantFrom(...values).map((value) => ({ regex: `^${value.slice(0, 1)}.*` })),
    fc.constant({}),
  );

const uri = fc.constantFrom<HttpMatch>(
  { uri: { exact: "/a" } },
  { uri: { exact: "/a/b" } },
  { uri: { prefix: "/a" } },
  { uri: { prefix: "/a/" } },
  { uri: { prefix: "/" } },
  { uri: { regex: "/a/[0-9]+" } },
  { uri: { regex: ".*[.]html" } },
  { uri: { prefix: "/A" }, ignoreUriCase: true },
  { uri: { exact: "/A/B" }, ignoreUriCase: true },
);

const condition: fc.Arbitrary<HttpMatch> = fc.oneof(
  { weight: 4, arbitrary: uri },
  { weight: 4, arbitrary: text("jason", "jane").map((value) => ({ headers: { "x-user": value } })) },
  { weight: 1, arbitrary: fc.constant({ headers: { cookie: { regex: "^(.*?; )?(user=jason)(;.*)?$" } } }) },
  { weight: 2, arbitrary: text("jason", "beta").map((value) => ({ withoutHeaders: { "x-group": value } })) },
  { weight: 2, arbitrary: text("new", "old").map((value) => ({ queryParams: { view: value } })) },
  { weight: 1, arbitrary: fc.constantFrom("GET", "POST", "DELETE").map((exact) => ({ method: { exact } })) },
  { weight: 1, arbitrary: fc.constantFrom(8080, 8081).map((port) => ({ port })) },
  { weight: 1, arbitrary: fc.constantFrom("sim", "elsewhere").map((sourceNamespace) => ({ sourceNamespace })) },
  { weight: 1, arbitrary: fc.constantFrom("sim", "elsewhere").map((team) => ({ sourceLabels: { team } })) },
  { weight: 1, arbitrary: fc.constant({ scheme: { exact: "http" } }) },
  { weight: 1, arbitrary: fc.constant({ authority: { prefix: "r" } }) },
);

const match = fc.array(condition, { minLength: 1, maxLength: 3 }).map((parts) =>
  parts.reduce<HttpMatch>(
    (all, part) => ({
      ...all,
      ...part,
      headers: { ...all.headers, ...part.headers },
      withoutHeaders: { ...all.withoutHeaders, ...part.withoutHeaders },
      queryParams: { ...all.queryParams, ...part.queryParams },
    }),
    {},
  ),
);

const to = (host: string, subset?: string, weight?: number) => ({
  destination: { host, ...(subset !== undefined && { subset }) },
  ...(weight !== undefined && { weight }),
});

const headers = fc.constantFrom(
  { request: { set: { "x-from-route": "yes" } } },
  { request: { add: { "x-user": "added" }, remove: ["x-group"] } },
  { request: { set: { host: "changed.example" } } },
);

const action = (host: string): fc.Arbitrary<HttpRoute> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("v1", "v2", "v3").map((subset) => ({ route: [to(host, subset)] })) },
    { weight: 2, arbitrary: fc.constant({ route: [to(host)] }) },
    { weight: 1, arbitrary: fc.constantFrom("v9", "nobody").map((subset) => ({ route: [to(host, subset)] })) },
    { weight: 1, arbitrary: fc.constantFrom("ghost", "plain").map((other) => ({ route: [to(other)] })) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.integer({ min: 0, max: 100 }), fc.constantFrom("v2", "v3"))
        .map(([first, other]) => ({ route: [to(host, "v1", first), to(host, other, 100 - first)] })),
    },
    { weight: 1, arbitrary: fc.constantFrom(418, 503, 200).map((status) => ({ directResponse: { status } })) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<HttpRoute>(
        { redirect: { uri: "/moved" } },
        { redirect: { authority: "other.example", redirectCode: 302 } },
        { redirect: { scheme: "https" } },
        { redirect: { scheme: "https", port: 8443 } },
        { redirect: { port: 9000, prefixRewrite: "/new" } },
        { redirect: { derivePort: "FROM_REQUEST_PORT", uri: "/x?y=1" } },
      ),
    },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom<NonNullable<HttpRoute["rewrite"]>>(
          { uri: "/new" },
          { uri: "/" },
          { authority: "written.example" },
          { uri: "/both/", authority: "both.example" },
          { uriRegexRewrite: { match: "^/a/(.*)$", rewrite: "/z/\\1/end" } },
        )
        .map((rewrite) => ({ rewrite, route: [to(host, "v1")] })),
    },
  );

const extras: fc.Arbitrary<HttpRoute> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(100, 50)
      .map((value) => ({ fault: { abort: { httpStatus: 555, percentage: { value } } } })),
  },
  { weight: 1, arbitrary: fc.constant({ fault: { delay: { fixedDelay: "0.4s", percentage: { value: 100 } } } }) },
  { weight: 1, arbitrary: fc.constantFrom("0.5s", "7s").map((timeout) => ({ timeout })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(0, 1, 3)
      .map((attempts) => ({ retries: { attempts, ...(attempts > 0 && { retryOn: "5xx" }) } })),
  },
  { weight: 1, arbitrary: headers.map((each) => ({ headers: each })) },
  {
    weight: 1,
    arbitrary: fc.constant({
      corsPolicy: { allowOrigins: [{ exact: "http://shop.example" }], allowMethods: ["GET", "POST"] },
    }),
  },
);

/** Put together as Istio takes it: what answers itself has nothing of a destination, and the host is replaced once. */
const route = (host: string): fc.Arbitrary<HttpRoute> =>
  fc.tuple(action(host), extras, fc.array(match, { maxLength: 2 })).map(([does, more, some]): HttpRoute => {
    const matches = does.redirect?.prefixRewrite === undefined ? some : [{ uri: { prefix: "/a" } }];
    const { timeout, retries, fault, headers: changed, corsPolicy } = more;
    const isOwn = does.redirect !== undefined || does.directResponse !== undefined;
    return {
      ...(matches.length > 0 && { match: matches }),
      ...does,
      ...(corsPolicy && { corsPolicy }),
      ...(changed && does.rewrite?.authority === undefined && { headers: changed }),
      ...(!isOwn && {
        ...(timeout !== undefined && { timeout }),
        ...(retries && { retries }),
        ...(fault && { fault }),
      }),
    };
  });

/** As many sets as are asked for, the same for the same seed. */
export function ruleSets(count: number, seed: number): RuleSet[] {
  return Array.from({ length: count }, (_, index): RuleSet => {
    const name = `r${String(index).padStart(2, "0")}`;
    const [routes = []] = fc.sample(fc.array(route(name), { minLength: 1, maxLength: 4 }), {
      seed: seed + index,
      numRuns: 1,
    });
    return {
      name,
      matches: routes.flatMap((each) => each.match ?? []),
      objects: [
        service(name, {
          ports: [
            { name: "http", port: 8080 },
            { name: "http-two", port: 8081 },
          ],
        }),
        {
          apiVersion: "networking.istio.io/v1",
          kind: "DestinationRule",
          metadata: { name, namespace: HOME },
          spec: {
            host: name,
            subsets: ["v1", "v2", "v3", "nobody"].map((version) => ({ name: version, labels: { version } })),
          },
        },
        {
          apiVersion: "networking.istio.io/v1",
          kind: "VirtualService",
          metadata: { name, namespace: HOME },
          spec: { hosts: [name], http: routes },
        },
      ],
    };
  });
}
