import { load } from "js-yaml";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { settingsProblems } from "../../settings/parse.ts";
import { hasIstioctl } from "../charts.ts";
import { validate } from "../istioctl.ts";
import { istioObjects } from "../components/traffic/declared.ts";
import { generated, keyed, runProgram, someKubeconfig } from "../wholeProgram.ts";
import { inStackFile } from "./stackFile.ts";

const kubeconfig = someKubeconfig();
const ANY = /^(mesh|kubernetes|pulumi):/;

/** Sections of a stack file in YAML, by their names without `mesh:`. */
const sections = (yaml: string) => load(yaml) as Record<string, unknown>;

/** The objects about security that a stack with these sections declares, by kind and name. */
async function declared(yaml: string) {
  const settings = { cluster: { kubeconfig }, observability: generated, ...sections(yaml) };
  expect(settingsProblems(inStackFile(sections(yaml)))).toEqual([]);
  const { resources } = await runProgram(keyed(settings), ANY);
  const objects = istioObjects(resources.filter(({ type }) => !/EnvoyFilter$|:(core|apps|policy)\//.test(type)));
  return Object.fromEntries(
    objects
      .filter(({ kind }) =>
        ["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "Sidecar"].includes(kind),
      )
      .map((object) => [`${object.kind} ${object.metadata.name}`, object]),
  );
}

const from = (...services: string[]) => [
  { source: { principals: services.map((name) => `cluster.local/ns/bookinfo/sa/bookinfo-${name}`) } },
];
const gateway = "cluster.local/ns/istio-ingress/sa/istio-ingressgateway";
const selecting = (app: string) => ({ selector: { matchLabels: { app } } });

describe("mesh:security", () => {
  beforeEach(() => {
    vi.resetModules();
  });

  it("declares nothing where it says nothing", async () => {
    expect(await declared("bookinfo: {}")).toEqual({});
  });

  it("refuses by default all that no service calls, and comes to that last", async () => {
    const objects = await declared("security: { authorization: { default: deny } }");
    expect(Object.keys(objects).sort()).toEqual([
      "AuthorizationPolicy allow-details",
      "AuthorizationPolicy allow-productpage",
      "AuthorizationPolicy allow-ratings",
      "AuthorizationPolicy allow-reviews",
      "AuthorizationPolicy deny-by-default",
    ]);
    const specs = Object.fromEntries(
      Object.entries(objects).map(([name, object]) => [name.split("-").at(-1) ?? "", object.spec as object]),
    );
    expect(specs).toEqual({
      details: { ...selecting("details"), rules: [{ from: from("productpage", "sleep") }] },
      reviews: { ...selecting("reviews"), rules: [{ from: from("productpage", "sleep") }] },
      ratings: { ...selecting("ratings"), rules: [{ from: from("reviews", "sleep") }] },
      productpage: {
        ...selecting("productpage"),
        rules: [{ from: [{ source: { principals: ["cluster.local/ns/bookinfo/sa/bookinfo-sleep", gateway] } }] }],
      },
      default: {},
    });
    if (hasIstioctl) expect(validate(Object.values(objects))).toBe("");
  });

  it("allows what routes lead on to another service, from inside and from a gateway", async () => {
    const objects = await declared(`security: { authorization: { default: deny } }
traffic:
  details: { routes: [{ to: [{ host: ratings, weight: 10 }, { host: details, weight: 90 }] }] }
  productpage: { exposure: { hosts: [page.example.com] }, routes: [{ mirrors: [{ host: reviews }] }] }`);
    const principals = (name: string) =>
      (
        objects[`AuthorizationPolicy allow-${name}`]?.spec as {
          rules: [{ from: [{ source: { principals: string[] } }] }];
        }
      ).rules[0].from[0].source.principals
        .map((each) => each.replace(/^.*\/sa\//, ""))
        .sort();
    expect(principals("ratings")).toEqual(["bookinfo-productpage", "bookinfo-reviews", "bookinfo-sleep"]);
    expect(principals("reviews")).toEqual(["bookinfo-productpage", "bookinfo-sleep", "istio-ingressgateway"]);
  });

  it("only counts what would be refused, where it is tried out", async () => {
    const objects = await declared("security: { authorization: { default: deny, tryOut: true } }");
    expect(Object.keys(objects)).toHaveLength(5);
    for (const { metadata } of Object.values(objects)) {
      expect(metadata).toMatchObject({ annotations: { "istio.io/dry-run": "true" } });
    }
  });

  it.each<[what: string, yaml: string, object: string, spec: object]>([
    [
      "what a service takes from whom",
      "{ authorization: { services: { reviews: { from: [productpage], methods: [GET], paths: [/reviews/*] } } } }",
      "AuthorizationPolicy allow-reviews",
      {
        ...selecting("reviews"),
        rules: [{ from: from("productpage"), to: [{ operation: { methods: ["GET"], paths: ["/reviews/*"] } }] }],
      },
    ],
    [
      "a service that nobody may call",
      "{ authorization: { services: { ratings: { from: [] } } } }",
      "AuthorizationPolicy allow-ratings",
      { ...selecting("ratings"), rules: [] },
    ],
    [
      "several entries, and callers that are no services of the stack",
      "{ authorization: { services: { details: [{ from: [{ namespace: shop }, { serviceAccount: ops/batch }] }, { from: [sleep], ports: [9080] }] } } }",
      "AuthorizationPolicy allow-details",
      {
        ...selecting("details"),
        rules: [
          {
            from: [{ source: { principals: ["cluster.local/ns/ops/sa/batch"] } }, { source: { namespaces: ["shop"] } }],
          },
          { from: from("sleep"), to: [{ operation: { ports: ["9080"] } }] },
        ],
      },
    ],
    [
      "what is refused unless a token has a claim",
      "{ authorization: { deny: { admin: { on: productpage, paths: [/admin*], unless: { jwt: { groups: [ops] } } } } }, jwt: { company: { issuer: https://login.example.com, on: [ingress-gateway] } } }",
      "AuthorizationPolicy deny-admin-productpage",
      {
        action: "DENY",
        ...selecting("productpage"),
        rules: [
          {
            to: [{ operation: { ports: ["9080"], paths: ["/admin*"] } }],
            when: [{ key: "request.auth.claims[groups]", notValues: ["ops"] }],
          },
        ],
      },
    ],
    [
      "what is refused unless all of it fits",
      "{ authorization: { deny: { writes: { on: [ratings], methods: [POST], unless: { from: [reviews], jwt: { role: [editor] } } } } }, jwt: { company: { issuer: https://login.example.com, on: [ratings] } } }",
      "AuthorizationPolicy deny-writes-ratings",
      {
        action: "DENY",
        ...selecting("ratings"),
        rules: [
          {
            from: [{ source: { notPrincipals: ["cluster.local/ns/bookinfo/sa/bookinfo-reviews"] } }],
            to: [{ operation: { ports: ["9080"], methods: ["POST"] } }],
          },
          {
            to: [{ operation: { ports: ["9080"], methods: ["POST"] } }],
            when: [{ key: "request.auth.claims[role]", notValues: ["editor"] }],
          },
        ],
      },
    ],
    [
      "tokens, also where rules ask for their claims",
      "{ authorization: { deny: { admin: { on: productpage, paths: [/admin*], unless: { jwt: { groups: [ops] } } } } }, jwt: { company: { issuer: https://login.example.com, audiences: [mesh], on: [ingress-gateway], claimsToHeaders: { sub: x-user } } } }",
      "RequestAuthentication jwt-company-productpage",
      {
        ...selecting("productpage"),
        jwtRules: [
          {
            issuer: "https://login.example.com",
            audiences: ["mesh"],
            forwardOriginalToken: true,
            outputClaimToHeaders: [{ claim: "sub", header: "x-user" }],
          },
        ],
      },
    ],
    [
      "tokens that have to be there at a service",
      "{ jwt: { company: { issuer: https://login.example.com, on: [ratings], required: true } } }",
      "AuthorizationPolicy jwt-company-ratings-required",
      {
        action: "DENY",
        ...selecting("ratings"),
        rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }], to: [{ operation: { ports: ["9080"] } }] }],
      },
    ],
    [
      "tokens that have to be there at the gateway",
      "{ jwt: { company: { issuer: https://login.example.com, on: [ingress-gateway], required: true } } }",
      "AuthorizationPolicy jwt-company-ingress-gateway-required",
      {
        action: "DENY",
        selector: { matchLabels: { istio: "ingressgateway" } },
        rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }],
      },
    ],
    [
      "modes of a service and its ports",
      "{ mtls: { workloads: { ratings: { mode: STRICT, ports: { '9080': PERMISSIVE } } } } }",
      "PeerAuthentication mtls-ratings",
      { ...selecting("ratings"), mtls: { mode: "STRICT" }, portLevelMtls: { "9080": { mode: "PERMISSIVE" } } },
    ],
    [
      "the mode of a namespace",
      "{ mtls: { namespaces: { bookinfo: PERMISSIVE } } }",
      "PeerAuthentication bookinfo",
      { mtls: { mode: "PERMISSIVE" } },
    ],
    ["the mode of the mesh", "{ mtls: STRICT }", "PeerAuthentication default", { mtls: { mode: "STRICT" } }],
    [
      "what a proxy has to know",
      "{ sidecarScopes: true }",
      "Sidecar calls-of-productpage",
      {
        workloadSelector: { labels: { app: "productpage" } },
        egress: [
          {
            hosts: [
              "bookinfo/details.bookinfo.svc.cluster.local",
              "bookinfo/reviews.bookinfo.svc.cluster.local",
              "istio-system/*",
            ],
          },
        ],
      },
    ],
  ])("declares %s", async (_what, yaml, name, spec) => {
    const objects = await declared(`security: ${yaml}`);
    expect(objects[name]?.spec).toEqual(spec);
    // Which ports a gateway listens at is up to its Gateways: there, a rule for HTTP refuses other connections as well.
    const judged = Object.values(objects).filter(
      ({ metadata }) => metadata.name !== "jwt-company-ingress-gateway-required",
    );
    if (hasIstioctl && judged.length > 0) expect(validate(judged)).toBe("");
  });

  it("lets proxies know the services that they call themselves", async () => {
    const text = `security: { sidecarScopes: true }
telemetry: { providers: { otel: { opentelemetry: { service: collector.tracing.svc.cluster.local, port: 4317 } } } }
istio:
  extensionProviders: { login: { extAuthzHttp: { service: login.auth.svc.cluster.local, port: 80 } } }
traffic: { www.example.com: { external: { ports: { https: { number: 443, protocol: HTTPS } } } } }`;
    const objects = await declared(text);
    expect(objects["Sidecar calls-of-ratings"]?.spec).toMatchObject({
      egress: [
        {
          hosts: [
            "bookinfo/www.example.com",
            "tracing/collector.tracing.svc.cluster.local",
            "auth/login.auth.svc.cluster.local",
            "istio-system/*",
          ],
        },
      ],
    });
  });

  it("closes the way out, and leaves the other values of istiod", async () => {
    const values = "istio: { values: { istiod: { meshConfig: { ingressClass: other } } } }";
    const settings = {
      cluster: { kubeconfig },
      observability: generated,
      ...sections(`security: { egress: closed }\n${values}`),
    };
    const { resources } = await runProgram(keyed(settings), ANY);
    const istiod = resources.find(({ name }) => name === "istio-istiod");
    expect(istiod?.inputs.values).toMatchObject({
      meshConfig: { ingressClass: "other", outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } },
    });
  });

  it("asks services of one's own, by the protocol that they speak", async () => {
    const text = `istio:
  extensionProviders:
    login: { extAuthzHttp: { service: login.auth.svc.cluster.local, port: 80, statusOnError: 503, headersToDownstreamOnDeny: [set-cookie] } }
    opa: { extAuthzGrpc: { service: opa.auth.svc.cluster.local, port: 9191, timeout: 1s } }
security: { authorization: { custom: { login: { on: ingress-gateway, provider: login, hosts: [app.example.com] } } } }`;
    const objects = await declared(text);
    expect(objects["AuthorizationPolicy custom-login-ingress-gateway"]?.spec).toEqual({
      action: "CUSTOM",
      provider: { name: "login" },
      selector: { matchLabels: { istio: "ingressgateway" } },
      rules: [{ to: [{ operation: { hosts: ["app.example.com", "app.example.com:*"] } }] }],
    });
    const settings = { cluster: { kubeconfig }, observability: generated, ...sections(text) };
    const { resources } = await runProgram(keyed(settings), ANY);
    const istiod = resources.find(({ name }) => name === "istio-istiod");
    const { extensionProviders } = (istiod?.inputs.values as { meshConfig: { extensionProviders: unknown[] } })
      .meshConfig;
    expect(extensionProviders.slice(-2)).toEqual([
      {
        name: "login",
        envoyExtAuthzHttp: {
          service: "login.auth.svc.cluster.local",
          port: 80,
          statusOnError: "503",
          headersToDownstreamOnDeny: ["set-cookie"],
        },
      },
      { name: "opa", envoyExtAuthzGrpc: { service: "opa.auth.svc.cluster.local", port: 9191, timeout: "1s" } },
    ]);
  });

  it.each<[what: string, providers: string, path: string]>([
    ["no protocol", "{ login: {} }", "login"],
    [
      "two protocols",
      "{ login: { extAuthzHttp: { service: a.b, port: 1 }, extAuthzGrpc: { service: a.b, port: 1 } } }",
      "login",
    ],
    ["a short name", "{ login: { extAuthzHttp: { service: login, port: 80 } } }", "login.extAuthzHttp.service"],
    [
      "a status in quotes",
      "{ login: { extAuthzHttp: { service: a.b, port: 80, statusOnError: '503' } } }",
      "login.extAuthzHttp.statusOnError",
    ],
    [
      "headers of HTTP by gRPC",
      "{ login: { extAuthzGrpc: { service: a.b, port: 80, pathPrefix: /a } } }",
      "login.extAuthzGrpc.pathPrefix",
    ],
  ])("may not ask a service with %s", (_what, providers, path) => {
    const problems = settingsProblems(inStackFile(sections(`istio: { extensionProviders: ${providers} }`)));
    expect(problems.map((each) => each.path)).toEqual([`mesh:istio.extensionProviders.${path}`]);
  });

  it("has a preset, in which what stands beside it wins", async () => {
    const settings = (yaml: string) => ({ cluster: { kubeconfig }, observability: generated, ...sections(yaml) });
    const kinds = async (yaml: string) => {
      const { resources } = await runProgram(keyed(settings(yaml)), ANY);
      const names = resources.map(({ type, name }) => `${type.replace(/^.*:/, "")} ${name}`);
      return names
        .filter((name) => /^(AuthorizationPolicy|PeerAuthentication|Sidecar|NetworkPolicy) /.test(name))
        .sort();
    };
    const all = await kinds("security: { preset: zero-trust }");
    expect(all).toContain("AuthorizationPolicy deny-by-default.bookinfo");
    expect(all).toContain("PeerAuthentication default");
    expect(all).toContain("Sidecar calls-of-reviews.bookinfo");
    expect(all).toContain("NetworkPolicy ratings.bookinfo");
    const without = await kinds("security: { preset: zero-trust, sidecarScopes: false }");
    expect(without).toEqual(all.filter((name) => !name.startsWith("Sidecar ")));
    // Nothing may refuse anybody while it is tried out.
    const tried = await kinds("security: { preset: zero-trust, authorization: { tryOut: true } }");
    expect(tried).toEqual(all.filter((name) => /^AuthorizationPolicy |^NetworkPolicy observability/.test(name)));
    const text = "security: { preset: zero-trust, authorization: { tryOut: true } }";
    const { resources } = await runProgram(keyed(settings(text)), ANY);
    const istiod = resources.find(({ name }) => name === "istio-istiod");
    expect(JSON.stringify(istiod?.inputs.values)).not.toContain("REGISTRY_ONLY");
  });

  const shop =
    "applications: { shop: { services: { cart: { port: 8080, versions: { v1: { image: acme/cart:1 } } }, db: { port: 5432, protocol: tcp, versions: { v1: { image: acme/db:1 } } }, batch: { versions: { v1: { image: acme/batch:1, sidecar: false } } } } }, books: { services: { reviews: { port: 1, versions: { v1: { image: acme/reviews:1 } } } } } }";

  it.each<[what: string, section: string, path: string, words: RegExp]>([
    [
      "a slip in a service",
      "{ authorization: { services: { ratngs: { from: [] } } } }",
      "authorization.services.ratngs",
      /did you mean ratings\?/,
    ],
    [
      "a slip in a caller",
      "{ authorization: { services: { ratings: { from: [reveiws.bookinfo] } } } }",
      "authorization.services.ratings.from[0]",
      /did you mean reviews\.bookinfo\?/,
    ],
    [
      "a name of two services",
      "{ authorization: { services: { reviews: { from: [] } } } }",
      "authorization.services.reviews",
      /write reviews\.bookinfo or reviews\.books/,
    ],
    [
      "a service twice",
      "{ authorization: { services: { ratings: { from: [] }, ratings.bookinfo: { from: [] } } } }",
      'authorization.services["ratings.bookinfo"]',
      /stands here as ratings already/,
    ],
    [
      "a gateway among the services",
      "{ authorization: { services: { ingress-gateway: { from: [] } } } }",
      "authorization.services.ingress-gateway",
      /say under deny/,
    ],
    [
      "a page without its gateway",
      "{ authorization: { services: { productpage: { from: [sleep] } } } }",
      "authorization.services.productpage",
      /must have ingress-gateway in from/,
    ],
    [
      "no callers",
      "{ authorization: { services: { ratings: { methods: [GET] } } } }",
      "authorization.services.ratings.from",
      /is missing/,
    ],
    [
      "a method in small letters",
      "{ authorization: { services: { ratings: { from: [sleep], methods: [get] } } } }",
      "authorization.services.ratings.methods[0]",
      /capital letters/,
    ],
    [
      "a path without a slash",
      "{ authorization: { services: { ratings: { from: [sleep], paths: [ratings] } } } }",
      "authorization.services.ratings.paths[0]",
      /begin a path with/,
    ],
    [
      "an asterisk in a path",
      "{ authorization: { services: { ratings: { from: [sleep], paths: [/a/*/b] } } } }",
      "authorization.services.ratings.paths[0]",
      /one asterisk, at the beginning or the end/,
    ],
    [
      "paths of a database",
      "{ authorization: { services: { db: { from: [cart], paths: [/a] } } } }",
      "authorization.services.db.paths",
      /does not speak HTTP/,
    ],
    [
      "a port that the pods have not",
      "{ authorization: { services: { ratings: { from: [sleep], ports: [80] } } } }",
      "authorization.services.ratings.ports[0]",
      /whose pods take 9080/,
    ],
    [
      "a caller without a sidecar",
      "{ authorization: { services: { cart: { from: [batch] } } } }",
      "authorization.services.cart.from[0]",
      /no identity/,
    ],
    [
      "a service that nobody can call",
      "{ authorization: { services: { sleep: { from: [] } } } }",
      "authorization.services.sleep",
      /without a port/,
    ],
    [
      "claims without an issuer",
      "{ authorization: { services: { ratings: { from: [sleep], jwt: { role: [a] } } } } }",
      "authorization.services.ratings.jwt",
      /needs an issuer/,
    ],
    [
      "a refusal of everything",
      "{ authorization: { deny: { all: { on: ratings } } } }",
      "authorization.deny.all",
      /must say which requests/,
    ],
    [
      "a refusal nowhere",
      "{ authorization: { deny: { all: { on: nobody, methods: [GET] } } } }",
      "authorization.deny.all.on",
      /is no service of this stack/,
    ],
    [
      "an exception without anything",
      "{ authorization: { deny: { all: { on: ratings, methods: [GET], unless: {} } } } }",
      "authorization.deny.all.unless",
      /must have from or jwt/,
    ],
    [
      "a provider that is not there",
      "{ authorization: { custom: { login: { on: ingress-gateway, provider: oauth2-proxy } } } }",
      "authorization.custom.login.provider",
      /every request would be refused; there is none/,
    ],
    [
      "two sources of keys",
      '{ jwt: { a: { issuer: https://a.example.com, jwksUri: https://a.example.com/keys, jwks: \'{"keys":[{"kty":"RSA","n":"s7w9","e":"AQAB"}]}\', on: [cart] } } }',
      "jwt.a.jwks",
      /leave one of them out/,
    ],
    [
      "keys that are none",
      "{ jwt: { a: { issuer: https://a.example.com, jwks: nothing, on: [cart] } } }",
      "jwt.a.jwks",
      /JSON Web Key Set/,
    ],
    [
      "a key that can sign",
      '{ jwt: { a: { issuer: https://a.example.com, jwks: \'{"keys":[{"kty":"oct","k":"AAAA"}]}\', on: [cart] } } }',
      "jwt.a.jwks",
      /must stay a secret/,
    ],
    [
      "no keys",
      "{ jwt: { a: { issuer: https://a.example.com, jwks: '{\"keys\":[]}', on: [cart] } } }",
      "jwt.a.jwks",
      /has no key that proxies can use/,
    ],
    [
      "an issuer without an address for keys",
      "{ jwt: { a: { issuer: https://a.example.com, jwksUri: keys, on: [cart] } } }",
      "jwt.a.jwksUri",
      /must be a URL/,
    ],
    ["tokens nowhere", "{ jwt: { a: { issuer: https://a.example.com, on: [] } } }", "jwt.a.on", /one place or more/],
    ["the mode of the mesh twice", "{ mtls: STRICT }", "mtls", /said already by mesh:istio\.mtls/],
    ["a mesh without encryption", "{ mtls: DISABLE }", "mtls", /must be STRICT or PERMISSIVE/],
    [
      "the mode of a namespace of others",
      "{ mtls: { namespaces: { payments: STRICT } } }",
      "mtls.namespaces.payments",
      /is no namespace of this stack/,
    ],
    [
      "the mode of a port by name",
      "{ mtls: { workloads: { ratings: { mode: STRICT, ports: { http: DISABLE } } } } }",
      "mtls.workloads.ratings.ports.http",
      /number of a port/,
    ],
    [
      "a trial that refuses",
      "{ authorization: { tryOut: true }, networkPolicies: true }",
      "networkPolicies",
      /only counts/,
    ],
    ["a preset that is not there", "{ preset: paranoid }", "preset", /zero-trust/],
    ["a slip in a key", "{ authorizations: {} }", "authorizations", /did you mean authorization\?/],
  ])("may not have %s", (_what, section, path, words) => {
    const beside = section === "{ mtls: STRICT }" ? "istio: { mtls: STRICT }" : "bookinfo: {}";
    const problems = settingsProblems(inStackFile(sections(`security: ${section}\n${shop}\n${beside}`)));
    expect(problems.map((each) => each.path)).toEqual([`mesh:security.${path}`]);
    expect(problems[0]?.reason).toMatch(words);
  });

  it("may not close what the values of istiod open, nor call what is not there", () => {
    const text = `security: { egress: closed }
istio: { values: { istiod: { meshConfig: { outboundTrafficPolicy: { mode: ALLOW_ANY } } } } }
applications: { shop: { services: { cart: { port: 8080, calls: [pay, reviews, till.bank], versions: { v1: { image: acme/cart:1 } } } } } }`;
    expect(settingsProblems(inStackFile(sections(text)))).toEqual([
      {
        path: "mesh:applications.shop.services.cart.calls[0]",
        reason: expect.stringMatching(/is no service of this stack/) as string,
      },
      {
        path: "mesh:security.egress",
        reason: expect.stringMatching(/outboundTrafficPolicy: leave that out/) as string,
      },
    ]);
  });
});
