import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Observability, type ObservabilityArgs } from "../../../components/observability/observability.ts";
import { record, the, type Recorded, type RecordOptions } from "../../recorder.ts";
import { generated as secrets } from "../../wholeProgram.ts";
import { CONTROL_PLANE, mesh } from "../mesh.ts";

const KNOWN =
  /^(mesh:observability:\w+|kubernetes:(core\/v1:Secret|networking\.k8s\.io\/v1:NetworkPolicy|helm\.sh\/v3:Release|(networking|security)\.istio\.io\/v1:\w+|test\/v1:ControlPlane))$/;
const RELEASES = ["grafana", "jaeger", "kiali", "prometheus"];

const exposure = { domain: "mesh.example.com", credentialName: "addons" };

const observe = (args: Partial<ObservabilityArgs> = {}, options: RecordOptions = {}) =>
  record(
    () => new Observability("observability", { profile: "demo", mesh: mesh(), ...secrets, ...args }),
    KNOWN,
    options,
  );

const release = (resources: readonly Recorded[], tool: string) => the(resources, "Release", `${tool}-release`);
const valuesOf = (resources: readonly Recorded[], tool: string) => release(resources, tool).inputs.values;
const released = (resources: readonly Recorded[]) =>
  resources.filter(({ type }) => type.endsWith(":Release")).map(({ inputs }) => inputs.name);

describe("Observability", () => {
  it.each([true, false])("is four releases and two Secrets (preview: %s)", async (preview) => {
    const resources = await observe({}, { preview });
    expect(released(resources).sort()).toEqual(RELEASES);
    expect(
      resources
        .filter(({ type }) => type.endsWith(":Secret"))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["grafana-admin", "kiali-session"]);
    expect(resources.filter(({ type }) => type.startsWith("mesh:"))).toHaveLength(5);
  });

  it("is closed, in production, to all but what runs beside it and the gateway, while spans come from everywhere", async () => {
    const policies = (resources: readonly Recorded[]) =>
      resources
        .filter(({ type }) => type.endsWith(":NetworkPolicy"))
        .sort((one, other) => other.name.localeCompare(one.name))
        .map(({ inputs }) => inputs);
    const label = (...values: string[]) => ({
      matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values }],
    });
    const gateway = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-ingress" } } };
    expect(policies(await observe({ profile: "production" }))).toMatchObject([
      {
        metadata: { namespace: "istio-system" },
        spec: {
          podSelector: label("prometheus", "grafana", "jaeger", "kiali"),
          policyTypes: ["Ingress"],
          ingress: [{ from: [{ podSelector: {} }, gateway] }],
        },
      },
      {
        metadata: { namespace: "istio-system" },
        spec: {
          podSelector: label("jaeger"),
          policyTypes: ["Ingress"],
          ingress: [{ ports: [4317, 4318, 9411].map((port) => ({ protocol: "TCP", port })) }],
        },
      },
    ]);
    expect(policies(await observe({ profile: "demo" }))).toEqual([]);
  });

  it.each([
    ["prometheus", "prometheus", "https://prometheus-community.github.io/helm-charts"],
    ["grafana", "grafana", "https://grafana-community.github.io/helm-charts"],
    ["jaeger", "jaeger", "https://jaegertracing.github.io/helm-charts"],
    ["kiali", "kiali-server", "https://kiali.org/helm-charts"],
  ])("installs %s by its own chart, beside Istio, of a fixed name and version", async (tool, chart, repo) => {
    const resources = await observe({ timeout: 90 });
    expect(release(resources, tool).inputs).toMatchObject({
      name: tool,
      chart,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      repositoryOpts: { repo },
      namespace: "istio-system",
      createNamespace: false,
      atomic: true,
      timeout: 90,
    });
    expect(release(resources, tool).dependsOn).toContain(CONTROL_PLANE);
  });

  it("takes all charts from another place, and lets the user's values win", async () => {
    const resources = await observe({
      charts: { oci: "oci://registry.example.com/charts" },
      prometheus: { values: { server: { retention: "1h" } } },
    });
    expect(release(resources, "kiali").inputs).toMatchObject({
      chart: "oci://registry.example.com/charts/kiali-server",
    });
    expect(valuesOf(resources, "prometheus")).toMatchObject({
      server: { retention: "1h", fullnameOverride: "prometheus" },
    });
  });

  it("links the tools to each other, and Kiali waits for the traces", async () => {
    const resources = await observe();
    expect(valuesOf(resources, "kiali")).toMatchObject({
      external_services: {
        prometheus: { url: "http://prometheus.istio-system:9090" },
        grafana: {
          enabled: true,
          internal_url: "http://grafana.istio-system:3000",
          external_url: "http://localhost:3000",
          auth: {
            type: "basic",
            username: "secret:grafana-admin-1a2b3c4:admin-user",
            password: "secret:grafana-admin-1a2b3c4:admin-password",
          },
        },
        tracing: {
          enabled: true,
          internal_url: "http://tracing.istio-system:16685/jaeger",
          external_url: "http://localhost:16686/jaeger",
        },
      },
    });
    expect(release(resources, "kiali").dependsOn).toContain("kubernetes:helm.sh/v3:Release jaeger-release");
    const { datasources } = valuesOf(resources, "grafana") as {
      datasources: { "datasources.yaml": { datasources: { name: string; url: string }[] } };
    };
    expect(datasources["datasources.yaml"].datasources.map(({ name, url }) => [name, url])).toEqual([
      ["Prometheus", "http://prometheus.istio-system:9090"],
      ["Jaeger", "http://tracing.istio-system/jaeger"],
    ]);
  });

  it("does without any of them", async () => {
    const resources = await observe({
      jaeger: { enabled: false },
      grafana: { enabled: false },
      prometheus: { enabled: false, url: "http://prometheus.monitoring:9090" },
    });
    expect(released(resources)).toEqual(["kiali"]);
    expect(valuesOf(resources, "kiali")).toMatchObject({
      external_services: {
        prometheus: { url: "http://prometheus.monitoring:9090" },
        grafana: { enabled: false },
        tracing: { enabled: false },
      },
    });
  });

  it.each<[string, Partial<ObservabilityArgs>, string[]]>([
    ["a secret is missing", { grafana: {}, kiali: {} }, ["grafana.password", "kiali.signingKey"]],
    ["Kiali has no metrics", { prometheus: { enabled: false } }, ["kiali.enabled"]],
    [
      "everybody could look in production",
      { profile: "production", grafana: { ...secrets.grafana, anonymous: true } },
      ["grafana.anonymous"],
    ],
    ["everybody outside could look", { exposure, kiali: { ...secrets.kiali, anonymous: true } }, ["kiali.anonymous"]],
    ["everybody could change the mesh", { kiali: { ...secrets.kiali, viewOnly: false } }, ["kiali.viewOnly"]],
    ["everybody outside could see traces", { exposure: { ...exposure, tools: ["jaeger"] } }, ["exposure.jwt"]],
  ])("refuses to be where %s", async (_where, args, paths) => {
    let thrown: unknown;
    const refused = () => {
      try {
        new Observability("observability", { profile: "demo", mesh: mesh(), ...secrets, ...args });
      } catch (error) {
        thrown = error;
      }
    };
    expect(await record(refused, KNOWN)).toHaveLength(2);
    expect(pulumi.InputPropertiesError.isInstance(thrown)).toBe(true);
    expect((thrown as pulumi.InputPropertiesError).errors.map(({ propertyPath }) => propertyPath)).toEqual(paths);
  });
});

describe("its secrets", () => {
  it("stand in Secrets and nowhere else", async () => {
    const resources = await observe();
    const others = JSON.stringify(resources.filter(({ type }) => !type.endsWith(":Secret")));
    for (const secret of ["of-the-test-alone", "0123456789abcdef"]) {
      expect(others).not.toContain(secret);
      expect(JSON.stringify(resources)).toContain(secret);
    }
  });

  it("have no name of their own and never change, so that a new secret makes new pods", async () => {
    const { inputs } = the(await observe(), "Secret", "kiali-session");
    expect(inputs).toMatchObject({ immutable: true, metadata: { namespace: "istio-system" } });
    expect(inputs.metadata).not.toHaveProperty("name");
  });
});

describe("who may look", () => {
  const isOpen = async (args: Partial<ObservabilityArgs>) => {
    const resources = await observe(args);
    const { "grafana.ini": ini } = valuesOf(resources, "grafana") as { "grafana.ini": object };
    return {
      grafana: "auth.anonymous" in ini,
      kiali: "auth" in (valuesOf(resources, "kiali") as object),
    };
  };

  it.each<[string, Partial<ObservabilityArgs>, grafana: boolean, kiali: boolean]>([
    ["in a demo, everybody who gets there", {}, true, true],
    ["in a demo with logins, those who log in", { grafana: { ...secrets.grafana, anonymous: false } }, false, true],
    ["in production, those who log in", { profile: "production" }, false, false],
    ["from outside, those who log in", { exposure }, false, false],
    ["from outside one, in the cluster the other", { exposure: { ...exposure, tools: ["grafana"] } }, false, true],
  ])("%s", async (_when, args, grafana, kiali) => {
    expect(await isOpen(args)).toEqual({ grafana, kiali });
  });

  it("only looks, unless Kiali is to write", async () => {
    expect(valuesOf(await observe(), "kiali")).toMatchObject({ deployment: { view_only_mode: true } });
    const { deployment } = valuesOf(
      await observe({ kiali: { ...secrets.kiali, anonymous: false, viewOnly: false } }),
      "kiali",
    ) as { deployment: object };
    expect(deployment).not.toHaveProperty("view_only_mode");
  });
});

describe("hosts for the tools", () => {
  const jwt = { issuer: "https://login.example.com", audiences: ["mesh"] };
  const all = { ...exposure, tools: ["grafana", "kiali", "prometheus", "jaeger"], jwt } as const;

  it("are for Grafana and Kiali, over TLS alone", async () => {
    const resources = await observe({ exposure });
    const hosts = ["grafana.mesh.example.com", "kiali.mesh.example.com"];
    expect(the(resources, "Gateway", "addons-gateway").inputs).toMatchObject({
      metadata: { namespace: "istio-system" },
      spec: {
        selector: { istio: "ingressgateway" },
        servers: [
          { port: { number: 80 }, hosts, tls: { httpsRedirect: true } },
          { port: { number: 443, protocol: "HTTPS" }, hosts, tls: { mode: "SIMPLE", credentialName: "addons" } },
        ],
      },
    });
    const routes = resources.filter(({ type }) => type.endsWith(":VirtualService"));
    expect(routes.map(({ name }) => name).sort()).toEqual(["addons-grafana", "addons-kiali"]);
    expect(resources.filter(({ type }) => type.includes("security.istio.io"))).toEqual([]);
  });

  it("turn away those who bring no token, where the tool asks nobody", async () => {
    const resources = await observe({ exposure: all });
    expect(the(resources, "RequestAuthentication", "addons-tokens").inputs.spec).toEqual({
      selector: { matchLabels: { istio: "ingressgateway" } },
      jwtRules: [jwt],
    });
    expect(the(resources, "AuthorizationPolicy", "addons-needs-token").inputs).toMatchObject({
      metadata: { namespace: "istio-system" },
      spec: {
        action: "DENY",
        rules: [
          {
            from: [{ source: { notRequestPrincipals: ["*"] } }],
            to: [
              {
                operation: {
                  hosts: [
                    "prometheus.mesh.example.com",
                    "prometheus.mesh.example.com:*",
                    "tracing.mesh.example.com",
                    "tracing.mesh.example.com:*",
                  ],
                },
              },
            ],
          },
        ],
      },
    });
  });

  it("open after the guard stands there", async () => {
    const resources = await observe({ exposure: all });
    const guards = [
      "kubernetes:security.istio.io/v1:RequestAuthentication addons-tokens",
      "kubernetes:security.istio.io/v1:AuthorizationPolicy addons-needs-token",
    ];
    for (const [kind, name] of [
      ["Gateway", "addons-gateway"],
      ["VirtualService", "addons-jaeger"],
    ] as const) {
      expect(the(resources, kind, name).dependsOn).toEqual(expect.arrayContaining(guards));
    }
  });

  it("take a token from a cookie as well, where one is named", async () => {
    const resources = await observe({ exposure: { ...all, jwt: { ...jwt, cookie: "id" } } });
    expect(the(resources, "RequestAuthentication", "addons-tokens").inputs.spec).toMatchObject({
      jwtRules: [{ fromHeaders: [{ name: "Authorization", prefix: "Bearer " }], fromCookies: ["id"] }],
    });
  });

  it("lead to the tool, and from the host alone to its first page", async () => {
    const resources = await observe({ exposure: all });
    expect(the(resources, "VirtualService", "addons-jaeger").inputs.spec).toEqual({
      hosts: ["tracing.mesh.example.com"],
      gateways: ["addons-gateway"],
      http: [
        { match: [{ uri: { exact: "/" } }], redirect: { uri: "/jaeger" } },
        { route: [{ destination: { host: "tracing", port: { number: 80 } } }] },
      ],
    });
  });

  it("are where the tools link to", async () => {
    const resources = await observe({ exposure: all });
    expect(valuesOf(resources, "kiali")).toMatchObject({
      external_services: {
        grafana: { external_url: "https://grafana.mesh.example.com" },
        tracing: { external_url: "https://tracing.mesh.example.com/jaeger" },
      },
      server: { web_fqdn: "kiali.mesh.example.com", web_schema: "https" },
    });
    expect(valuesOf(resources, "grafana")).toMatchObject({
      "grafana.ini": { server: { root_url: "https://grafana.mesh.example.com/" }, security: { cookie_secure: true } },
    });
  });
});
