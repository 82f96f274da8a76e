import { describe, expect, it } from "vitest";
import { pathText } from "../../lib/schema/problems.ts";
import { missingSecretsIn, settingsProblems } from "../../settings/parse.ts";
import { inStackFile, pathsOf } from "./stackFile.ts";

const clientSecret = { secure: "v1:abc" };
const right = { issuer: "https://login.example.com", clientId: "mesh", clientSecret, groups: ["ops"] };
const without = (key: keyof typeof right) => Object.fromEntries(Object.entries(right).filter(([name]) => name !== key));
const exposed = (login: object, others: object = {}) => ({
  exposure: { domain: "mesh.example.com", credentialName: "addons", login, ...others },
});
const stack = (login: object = {}, others: object = {}) => ({
  observability: exposed({ ...right, ...login }),
  ...others,
});
const custom = (each: object) => ({
  security: { authorization: { custom: { app: { on: "ingress-gateway", provider: "oauth2-proxy", ...each } } } },
});
const hosts = ["app.mesh.example.com"];
const eks = { cluster: { stackReference: "acme/base/dev" } };
const [LOGIN, CUSTOM] = ["observability.exposure.login", "security.authorization.custom.app"];

describe("mesh:observability.exposure.login", () => {
  it.each<[right: string, config: Record<string, unknown>]>([
    ["one issuer, and who of those it knows", stack()],
    [
      "domains of addresses in place of groups",
      { observability: exposed({ ...without("groups"), emailDomains: ["example.com", "*"] }) },
    ],
    ["tools that ask nobody, which it guards", { observability: exposed(right, { tools: ["prometheus", "jaeger"] }) }],
    [
      "tools that let in whoever comes by it",
      stack({}, { observability: { ...exposed(right), grafana: { anonymous: true } } }),
    ],
    [
      "the same in production",
      {
        profile: "production",
        observability: { enabled: true, kiali: { anonymous: true }, ...exposed(right, { tools: ["kiali"] }) },
      },
    ],
    ["a cookie for a wider domain", stack({ cookieDomain: "example.com" })],
    [
      "an issuer over plain HTTP, on a cluster that is there",
      stack({ issuer: "http://keycloak.localhost:8080/realms/mesh" }),
    ],
    ["groups under the name of another claim", stack({ groupsClaim: "cognito:groups", groups: ["/Ops & more"] })],
    ["an application's own host", stack({}, custom({ hosts }))],
    [
      "hosts of an application, with an asterisk and a port",
      stack({}, custom({ hosts: ["*.mesh.example.com", "mesh.example.com:443"] })),
    ],
    ["a host in the wider domain", stack({ cookieDomain: "example.com" }, custom({ hosts: ["example.com"] }))],
    [
      "a host that the product page has, over TLS",
      stack({}, { bookinfo: { hosts, tls: { credentialName: "page" } }, ...custom({ hosts }) }),
    ],
    [
      "another provider for other pods",
      stack(
        {},
        {
          istio: { extensionProviders: { mine: { extAuthzGrpc: { service: "a.b.svc.cluster.local", port: 1 } } } },
          ...custom({ on: "productpage", provider: "mine" }),
        },
      ),
    ],
  ])("may say %s", (_right, config) => {
    expect(pathsOf(config)).toEqual([]);
  });

  const mine = { extAuthzHttp: { service: "mine.login.svc.cluster.local", port: 80 } };
  it.each<[wrong: string, config: Record<string, unknown>, path: string, says: RegExp]>([
    ["no client", { observability: exposed(without("clientId")) }, `${LOGIN}.clientId`, /client/],
    [
      "no secret of the client",
      { observability: exposed(without("clientSecret")) },
      `${LOGIN}.clientSecret`,
      /is missing.*pulumi config set --secret --path 'mesh:observability\.exposure\.login\.clientSecret'/,
    ],
    ["a secret that all can read", stack({ clientSecret: "s3cret" }), `${LOGIN}.clientSecret`, /readable/],
    ["a key that all can read", stack({ cookieSecret: "0123456789abcdef" }), `${LOGIN}.cookieSecret`, /readable/],
    ["nobody who may log in", { observability: exposed(without("groups")) }, LOGIN, /groups or emailDomains/],
    ["a list of no groups", stack({ groups: [] }), `${LOGIN}.groups`, /one group or more/],
    [
      "a group that the chart would read as a template",
      stack({ groups: ["{{ .Values }}"] }),
      `${LOGIN}.groups[0]`,
      /group/,
    ],
    ["an address for a domain", stack({ emailDomains: ["jane@example.com"] }), `${LOGIN}.emailDomains[0]`, /domain/],
    ["an issuer without a scheme", stack({ issuer: "login.example.com" }), `${LOGIN}.issuer`, /URL/],
    [
      "an issuer over plain HTTP in production",
      {
        profile: "production",
        observability: { enabled: true, ...exposed({ ...right, issuer: "http://login.example.com" }) },
      },
      `${LOGIN}.issuer`,
      /must begin with https/,
    ],
    [
      "an issuer over plain HTTP on EKS",
      stack({ issuer: "http://login.example.com" }, eks),
      `${LOGIN}.issuer`,
      /https on EKS/,
    ],
    ["a cookie for others", stack({ cookieDomain: "example.org" }), `${LOGIN}.cookieDomain`, /exposure\.domain/],
    [
      "a cookie for a part of the tools",
      stack({ cookieDomain: "a.mesh.example.com" }),
      `${LOGIN}.cookieDomain`,
      /browsers/,
    ],
    [
      "a cookie for a name that only ends alike",
      stack({ cookieDomain: "sh.example.com" }),
      `${LOGIN}.cookieDomain`,
      /browsers/,
    ],
    [
      "tools in all of a zone",
      { observability: { exposure: { domain: "localhost", credentialName: "addons", login: right } } },
      "observability.exposure.domain",
      /dot/,
    ],
    ["a cookie for all of a zone", stack({ cookieDomain: "com" }), `${LOGIN}.cookieDomain`, /dot/],
    [
      "tokens in a cookie as well",
      { observability: exposed(right, { tools: ["jaeger"], jwt: { issuer: "https://login.example.com" } }) },
      "observability.exposure.jwt",
      /beside login/,
    ],
    [
      "an open Grafana that it does not guard, in production",
      {
        profile: "production",
        observability: { enabled: true, grafana: { anonymous: true }, ...exposed(right, { tools: ["kiali"] }) },
      },
      "observability.grafana.anonymous",
      /must be false/,
    ],
    [
      "a host of its own that the product page has",
      stack({}, { bookinfo: { hosts: ["login.mesh.example.com"] } }),
      "observability.exposure.domain",
      /login have a host that is exposed already/,
    ],
    [
      "a second provider at the gateway",
      stack({}, { istio: { extensionProviders: { mine } }, ...custom({ provider: "mine", hosts }) }),
      `${CUSTOM}.provider`,
      /must be oauth2-proxy at the ingress gateway/,
    ],
    [
      "its name for another provider",
      stack({}, { istio: { extensionProviders: { "oauth2-proxy": mine } } }),
      "istio.extensionProviders.oauth2-proxy",
      /choose another/,
    ],
    [
      "its name for a collector",
      stack(
        {},
        {
          telemetry: { providers: { "oauth2-proxy": { zipkin: { service: "z.b.svc.cluster.local", port: 1 } } } },
        },
      ),
      "telemetry.providers.oauth2-proxy",
      /choose another/,
    ],
    [
      "a list of providers in the chart's values, which takes the place of its own",
      stack({}, { istio: { values: { istiod: { meshConfig: { extensionProviders: [{ name: "mine" }] } } } } }),
      "istio.values.istiod.meshConfig.extensionProviders",
      /write them as mesh:istio\.extensionProviders/,
    ],
    ["every host of the gateway", stack({}, custom({})), `${CUSTOM}.hosts`, /is missing.*name those of yours/],
    [
      "other pods than the gateway's",
      stack({}, custom({ on: "productpage", hosts })),
      `${CUSTOM}.on`,
      /ingress-gateway/,
    ],
    [
      "a host to which the cookie does not go",
      stack({}, custom({ hosts: ["app.example.com"] })),
      `${CUSTOM}.hosts[0]`,
      /cookieDomain/,
    ],
    ["a host of any end", stack({}, custom({ hosts: ["app.*"] })), `${CUSTOM}.hosts[0]`, /cookieDomain/],
    [
      "a host without TLS",
      stack({}, { bookinfo: { hosts }, ...custom({ hosts }) }),
      `${CUSTOM}.hosts[0]`,
      /without TLS.*set tls/,
    ],
    [
      "hosts of which one is without TLS",
      stack({}, { bookinfo: { hosts }, ...custom({ hosts: ["*.mesh.example.com"] }) }),
      `${CUSTOM}.hosts[0]`,
      /without TLS/,
    ],
    [
      "the login of tools that are not there",
      { observability: { enabled: false }, ...custom({ hosts }) },
      `${CUSTOM}.provider`,
      /none of mesh:istio\.extensionProviders/,
    ],
  ])("may not say %s", (_wrong, config, path, says) => {
    const problems = settingsProblems(inStackFile(config));
    expect(problems.map((each) => each.path)).toEqual([`mesh:${path}`]);
    expect(problems[0]?.reason).toMatch(says);
  });

  it("has a key that nobody has to think up, where it is there", () => {
    const missing = (observability: object) =>
      missingSecretsIn({ "mesh:observability": observability })
        .map(({ path }) => pathText(path))
        .filter((path) => path.includes("login"));
    expect(missing(exposed(right))).toEqual([`${LOGIN}.cookieSecret`]);
    expect(missing(exposed({ ...right, cookieSecret: { secure: "v1:abc" } }))).toEqual([]);
    expect(missing({ exposure: { domain: "mesh.example.com", credentialName: "addons" } })).toEqual([]);
    expect(missing({ enabled: false, ...exposed(right) })).toEqual([]);
  });
});
