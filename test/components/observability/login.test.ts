import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Observability, type ObservabilityArgs } from "../../../components/observability/observability.ts";
import { record, the, type RecordOptions } from "../../recorder.ts";
import { generated as secrets } from "../../wholeProgram.ts";
import { CONTROL_PLANE, mesh } from "../mesh.ts";

const KNOWN =
  /^(mesh:observability:\w+|kubernetes:(core\/v1:Secret|networking\.k8s\.io\/v1:NetworkPolicy|helm\.sh\/v3:Release|(networking|security)\.istio\.io\/v1:\w+|test\/v1:ControlPlane))$/;

const login = {
  issuer: "https://login.example.com",
  clientId: "mesh",
  clientSecret: "s3cret-of-the-client",
  cookieSecret: "fedcba9876543210",
  groups: ["ops"],
};
const exposure = {
  domain: "mesh.example.com",
  credentialName: "addons",
  tools: ["grafana", "prometheus"],
  login,
} as const;

const declared = (args: Partial<ObservabilityArgs> = {}) =>
  new Observability("observability", { profile: "demo", mesh: mesh(), ...secrets, exposure, ...args });
const observe = (args: Partial<ObservabilityArgs> = {}, options: RecordOptions = {}) =>
  record(() => declared(args), KNOWN, options);

const HOSTS = ["grafana.mesh.example.com", "prometheus.mesh.example.com"];
const withPorts = HOSTS.flatMap((host) => [host, `${host}:*`]);
const RELEASE = "kubernetes:helm.sh/v3:Release oauth2-proxy-release";
const GUARDS = ["addons-login", "addons-login-own-paths"].map(
  (name) => `kubernetes:security.istio.io/v1:AuthorizationPolicy ${name}`,
);

describe("a login before the tools", () => {
  it.each([true, false])("is oauth2-proxy, by its own chart, beside Istio (preview: %s)", async (preview) => {
    const resources = await observe({ timeout: 90 }, { preview });
    const { inputs, dependsOn } = the(resources, "Release", "oauth2-proxy-release");
    expect(inputs).toMatchObject({
      name: "oauth2-proxy",
      chart: "oauth2-proxy",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      repositoryOpts: { repo: "https://oauth2-proxy.github.io/manifests" },
      ...{ namespace: "istio-system", createNamespace: false, atomic: true, timeout: 90 },
    });
    expect(dependsOn).toContain(CONTROL_PLANE);
  });

  it("takes its chart from another place, and lets the user's values win", async () => {
    const resources = await observe({
      charts: { oci: "oci://registry.example.com/charts" },
      exposure: { ...exposure, login: { ...login, values: { extraArgs: { "cookie-expire": "1h" }, replicaCount: 3 } } },
    });
    const { chart, values } = the(resources, "Release", "oauth2-proxy-release").inputs;
    expect(chart).toBe("oci://registry.example.com/charts/oauth2-proxy");
    expect(values).toMatchObject({ extraArgs: { "cookie-expire": "1h" }, replicaCount: 3, enableServiceLinks: false });
  });

  it("has its secrets in a Secret that never changes, and nowhere else", async () => {
    const resources = await observe();
    const secret = the(resources, "Secret", "oauth2-proxy-client");
    expect(secret.inputs).toMatchObject({ immutable: true, metadata: { namespace: "istio-system" } });
    expect(secret.inputs.metadata).not.toHaveProperty("name");
    const others = JSON.stringify(resources.filter((each) => each !== secret));
    for (const text of [login.clientSecret, login.cookieSecret]) {
      expect(others).not.toContain(text);
      expect(JSON.stringify(secret)).toContain(text);
    }
    expect(the(resources, "Release", "oauth2-proxy-release").inputs.values).toMatchObject({
      config: { existingSecret: "oauth2-proxy-client-1a2b3c4" },
    });
  });

  it("is asked by the gateway about the tools that are exposed, and about nothing else", async () => {
    const resources = await observe();
    const selector = { matchLabels: { istio: "ingressgateway" } };
    expect(the(resources, "AuthorizationPolicy", "addons-login").inputs).toMatchObject({
      metadata: { namespace: "istio-system" },
      spec: {
        selector,
        action: "CUSTOM",
        provider: { name: "oauth2-proxy" },
        rules: [{ to: [{ operation: { hosts: withPorts } }] }],
      },
    });
    expect(the(resources, "AuthorizationPolicy", "addons-login-own-paths").inputs.spec).toEqual({
      selector,
      action: "DENY",
      rules: [{ to: [{ operation: { hosts: withPorts, paths: ["/ping", "/ready", "/robots.txt", "/oauth2/*"] } }] }],
    });
    expect(resources.filter(({ type }) => type.endsWith(":RequestAuthentication"))).toEqual([]);
    expect(resources.filter(({ type }) => type.endsWith(":AuthorizationPolicy"))).toHaveLength(2);
  });

  it("has a host of its own, at which nothing but itself answers", async () => {
    const resources = await observe();
    expect(the(resources, "Gateway", "addons-gateway").inputs.spec).toMatchObject({
      servers: [{ tls: { httpsRedirect: true } }, { hosts: [...HOSTS, "login.mesh.example.com"] }],
    });
    expect(the(resources, "VirtualService", "addons-login").inputs.spec).toEqual({
      hosts: ["login.mesh.example.com"],
      gateways: ["addons-gateway"],
      http: [
        {
          match: [{ uri: { prefix: "/oauth2/" } }],
          route: [{ destination: { host: "oauth2-proxy", port: { number: 80 } } }],
        },
      ],
    });
  });

  it("is there before the gateway asks it, and the gateway asks before it opens", async () => {
    const resources = await observe();
    for (const name of ["addons-login", "addons-login-own-paths"]) {
      expect(the(resources, "AuthorizationPolicy", name).dependsOn).toContain(RELEASE);
    }
    expect(the(resources, "Gateway", "addons-gateway").dependsOn).toEqual(expect.arrayContaining(GUARDS));
    for (const name of ["addons-grafana", "addons-prometheus", "addons-login"]) {
      expect(the(resources, "VirtualService", name).dependsOn).toEqual(expect.arrayContaining(GUARDS));
    }
  });

  it("sends people back to hosts that ask for it, and to no others", async () => {
    const values = async (loginHosts: readonly string[]) =>
      JSON.stringify(the(await observe({ loginHosts }), "Release", "oauth2-proxy-release").inputs.values);
    expect(await values(["*.shop.mesh.example.com"])).toContain(
      String.raw`whitelist_domains = [\"grafana.mesh.example.com\",\"prometheus.mesh.example.com\",\".shop.mesh.example.com\"]`,
    );
  });

  it("lets in without a second login, in a demo or where that is said", async () => {
    const isOpen = async (args: Partial<ObservabilityArgs>) => {
      const { values } = the(await observe(args), "Release", "grafana-release").inputs;
      return "auth.anonymous" in (values as { "grafana.ini": object })["grafana.ini"];
    };
    const said = { grafana: { ...secrets.grafana, anonymous: true } };
    expect(await isOpen({})).toBe(true);
    expect(await isOpen({ profile: "production" })).toBe(false);
    expect(await isOpen({ profile: "production", ...said })).toBe(true);
  });

  it("takes connections from the gateway and what runs beside it alone, in production", async () => {
    const visitors = async (args: Partial<ObservabilityArgs>) => {
      const resources = await observe({ profile: "production", ...args });
      return JSON.stringify(the(resources, "NetworkPolicy", "observability-visitors").inputs);
    };
    expect(await visitors({})).toContain('"oauth2-proxy"');
    expect(await visitors({ exposure: { ...exposure, tools: ["grafana"], login: undefined } as never })).not.toContain(
      "oauth2-proxy",
    );
  });

  it.each<[string, object, string[]]>([
    [
      "its secrets are missing",
      { ...login, clientSecret: undefined, cookieSecret: undefined },
      ["clientSecret", "cookieSecret"],
    ],
    ["nobody says who may log in", { ...login, groups: undefined }, [""]],
    ["browsers would not bring the cookie", { ...login, cookieDomain: "example.org" }, ["cookieDomain"]],
  ])("is refused where %s", async (_where, wrong, paths) => {
    let thrown: unknown;
    const refused = () => {
      try {
        declared({ exposure: { ...exposure, login: wrong as typeof login } });
      } catch (error) {
        thrown = error;
      }
    };
    expect(await record(refused, KNOWN)).toHaveLength(2);
    expect((thrown as pulumi.InputPropertiesError).errors.map(({ propertyPath }) => propertyPath)).toEqual(
      paths.map((path) => ["exposure.login", path].filter(Boolean).join(".")),
    );
  });
});
