import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { the, type Recorded, type RecordOptions } from "./recorder.ts";
import { generated, keyed, load, runProgram, someKubeconfig, type Config } from "./wholeProgram.ts";

const kubeconfig = someKubeconfig();
const ISTIOD = "kubernetes:helm.sh/v3:Release istio-istiod";
const KNOWN = new RegExp(
  "^(mesh:(cluster:ExistingCluster|istio:Istio|application:(MeshNamespace|Application)|traffic:Exposure)" +
    "|mesh:(observability:(Observability|AddonExposure|Login|OAuth2Proxy|Prometheus|Grafana|Jaeger|Kiali)|telemetry:Telemetry)" +
    "|mesh:security:(MeshSecurity|AuthorizationPolicy|PeerAuthentication)|kubernetes:(telemetry|security)\\.istio\\.io/v1:\\w+" +
    "|pulumi:providers:kubernetes" +
    "|kubernetes:(core/v1:(Namespace|Service|ServiceAccount|Secret)|apps/v1:Deployment|policy/v1:PodDisruptionBudget)" +
    "|kubernetes:helm\\.sh/v3:Release|kubernetes:networking\\.k8s\\.io/v1:NetworkPolicy" +
    "|kubernetes:networking\\.istio\\.io/(v1:(Gateway|VirtualService)|v1alpha3:EnvoyFilter))$",
);

/** Runs the whole program as a stack with these settings. */
const run = (settings: Config = {}, options: RecordOptions = {}) =>
  runProgram(keyed({ cluster: { kubeconfig }, observability: generated, ...settings }), KNOWN, options);

const ofType = (resources: readonly Recorded[], type: RegExp) => resources.filter((each) => type.test(each.type));

describe("the program", () => {
  beforeEach(() => {
    vi.resetModules();
  });

  it("is the same in a preview", async () => {
    const names = async (preview: boolean) =>
      (await run({}, { preview })).resources.map(({ type, name }) => `${type} ${name}`).sort();
    expect(await names(true)).toEqual(await names(false));
  });

  it("puts Bookinfo into a mesh: six pods, a client, a page that is open to the outside", async () => {
    const { resources, outputs } = await run();
    expect(
      ofType(resources, /:Deployment$/)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      "bookinfo-details-v1",
      "bookinfo-productpage-v1",
      "bookinfo-ratings-v1",
      "bookinfo-reviews-v1",
      "bookinfo-reviews-v2",
      "bookinfo-reviews-v3",
      "bookinfo-sleep-v1",
    ]);
    expect(ofType(resources, /:Release$/)).toHaveLength(8);
    expect(the(resources, "Gateway", "bookinfo-gateway").inputs.spec).toMatchObject({
      servers: [{ hosts: ["bookinfo.localhost"] }],
    });
    expect(outputs).toMatchObject({
      ingress: { namespace: "istio-ingress", service: "istio-ingressgateway", type: "LoadBalancer" },
      bookinfo: { namespace: "bookinfo", scheme: "http", host: "bookinfo.localhost", path: "/productpage" },
    });
  });

  it("says where traffic enters: the address of the gateway's load balancer, which https leads to where there is TLS", async () => {
    const status = { loadBalancer: { ingress: [{ hostname: "nlb.example.com" }] } };
    const { outputs } = await run({ bookinfo: { tls: { credentialName: "page" } } }, { found: () => ({ status }) });
    const { address } = outputs?.ingress ?? {};
    expect(await (address as unknown as { promise(): Promise<string> }).promise()).toBe("nlb.example.com");
    expect(outputs?.bookinfo).toMatchObject({ scheme: "https" });
    const certificates = [
      `arn:aws:acm:eu-west-1:111122223333:certificate/${"0".repeat(8)}-0000-0000-0000-000000000000`,
    ];
    const before = await run({ istio: { ingressGateway: { nlb: { certificates } } } }, { found: () => ({ status }) });
    expect(before.outputs?.bookinfo).toMatchObject({ scheme: "https" });
  });

  it("shows the mesh in the demo profile: four tools, and spans for the one that keeps them", async () => {
    const { resources, outputs } = await run();
    const tools = ["grafana", "jaeger", "kiali", "prometheus"];
    for (const tool of tools) expect(the(resources, "Release", `${tool}-release`).inputs.name).toBe(tool);
    expect(Object.keys(outputs?.observability ?? {}).sort()).toEqual(tools);
    expect(the(resources, "Telemetry", "mesh-default").inputs.spec).toEqual({
      tracing: [{ providers: [{ name: "jaeger" }] }],
    });
    const { values } = the(resources, "Release", "istio-istiod").inputs as {
      values: { meshConfig: { extensionProviders: { name: string }[] } };
    };
    expect(values.meshConfig.extensionProviders.map(({ name }) => name)).toEqual(["jaeger", "zipkin"]);
  });

  it("lets the gateway ask the tools' login, also about hosts of an application", async () => {
    const login = { issuer: "https://login.example.com", clientId: "mesh", groups: ["ops"] };
    const secrets = { clientSecret: "s3cret-of-the-client", cookieSecret: "fedcba9876543210" };
    const hosts = ["shop.mesh.example.com"];
    const { resources } = await run({
      bookinfo: { hosts, tls: { credentialName: "shop" } },
      observability: {
        ...generated,
        exposure: { domain: "mesh.example.com", credentialName: "tools", login: { ...login, ...secrets } },
      },
      security: { authorization: { custom: { shop: { on: "ingress-gateway", provider: "oauth2-proxy", hosts } } } },
    });
    const { values } = the(resources, "Release", "istio-istiod").inputs as {
      values: { meshConfig: { extensionProviders: { name: string; envoyExtAuthzHttp?: object }[] } };
    };
    expect(values.meshConfig.extensionProviders.at(-1)).toMatchObject({
      name: "oauth2-proxy",
      envoyExtAuthzHttp: { service: "oauth2-proxy.istio-system.svc.cluster.local", port: 80, statusOnError: "503" },
    });
    const told = JSON.stringify(the(resources, "Release", "oauth2-proxy-release").inputs.values);
    expect(told).toContain("shop.mesh.example.com");
    expect(told).not.toContain(secrets.clientSecret);
    expect(the(resources, "AuthorizationPolicy", "custom-shop-ingress-gateway").inputs.spec).toMatchObject({
      action: "CUSTOM",
      provider: { name: "oauth2-proxy" },
    });
  });

  it("tells the mesh and its load balancer where pods have IPv6", async () => {
    const { resources } = await run({
      istio: { ipFamily: "ipv6", ingressGateway: { nlb: {} } },
    });
    const valuesOf = (release: string) => JSON.stringify(the(resources, "Release", release).inputs.values);
    expect(valuesOf("istio-istiod")).toContain(
      '"env":{"ISTIO_ENABLE_IPV4_OUTBOUND_LISTENER_FOR_IPV6_CLUSTERS":"true"}',
    );
    expect(valuesOf("istio-ingress")).toContain('aws-load-balancer-ip-address-type":"dualstack"');
  });

  it("has no tools in the production profile unless they are asked for, nor telemetry without a collector", async () => {
    const bare = await run({ profile: "production", observability: undefined });
    expect(bare.resources.filter(({ type }) => /observability|Telemetry/.test(type))).toEqual([]);
    expect(bare.outputs?.observability).toBeUndefined();
    vi.resetModules();
    const asked = await run({ profile: "production", observability: { enabled: true, ...generated } });
    expect(the(asked.resources, "Release", "kiali-release").inputs.values).not.toHaveProperty("auth");
  });

  it("lets a namespace tell more or less than the mesh, by collectors of one's own too", async () => {
    const { resources } = await run({
      observability: { enabled: false },
      telemetry: {
        providers: { lab: { zipkin: { service: "zipkin.lab.svc.cluster.local", port: 9411 } } },
        mesh: { tracing: { provider: "lab", sampling: 5 } },
        namespaces: { bookinfo: { accessLog: { filter: "response.code >= 400" } } },
      },
    });
    expect(the(resources, "Telemetry", "mesh-default").inputs).toMatchObject({
      metadata: { namespace: "istio-system" },
      spec: { tracing: [{ providers: [{ name: "lab" }], randomSamplingPercentage: 5 }] },
    });
    const local = the(resources, "Telemetry", "bookinfo-telemetry");
    expect([...local.dependsOn].sort()).toEqual(["kubernetes:core/v1:Namespace bookinfo", ISTIOD]);
    expect(local.inputs).toMatchObject({
      metadata: { namespace: "bookinfo" },
      spec: { accessLogging: [{ providers: [{ name: "envoy" }], filter: { expression: "response.code >= 400" } }] },
    });
  });

  it("creates everything through the cluster that the stack names", async () => {
    const { resources } = await run();
    for (const { provider, name } of ofType(resources, /^kubernetes:/)) expect(provider, name).toBe("cluster");
  });

  it("lets pods and Istio's objects wait for istiod, and pods for no gateway", async () => {
    const { resources } = await run({ bookinfo: { ratings: { database: "mongodb" } } });
    for (const { dependsOn, name } of ofType(resources, /:(Deployment|Gateway|VirtualService)$/)) {
      expect(dependsOn, name).toContain(ISTIOD);
      expect(dependsOn, name).toContain("kubernetes:core/v1:Namespace bookinfo");
      expect(
        dependsOn.filter((each) => each.includes("gateway")),
        name,
      ).toEqual([]);
    }
    for (const { dependsOn, name } of ofType(resources, /:(Namespace|Service|ServiceAccount)$/)) {
      expect(dependsOn, name).not.toContain(ISTIOD);
    }
  });

  it("runs a user's services like Bookinfo's, several applications in one namespace too", async () => {
    const version = { v1: { image: "acme/any:1" } };
    const { resources, outputs } = await run({
      bookinfo: { enabled: false },
      applications: {
        shop: {
          services: { cart: { port: 8080, versions: version } },
          exposure: { service: "cart", hosts: ["shop.localhost"] },
        },
        billing: { namespace: "shop", services: { bills: { port: 8080, versions: version } } },
      },
    });
    expect(
      ofType(resources, /:Namespace$/)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["istio-egress", "istio-ingress", "istio-system", "shop"]);
    expect(
      ofType(resources, /:Deployment$/)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["billing-bills-v1", "shop-cart-v1"]);
    expect(ofType(resources, /:Gateway$/).map(({ name }) => name)).toEqual(["shop-gateway"]);
    expect(outputs?.bookinfo).toBeUndefined();
  });

  it("is highly available in the production profile", async () => {
    const { resources } = await run({ profile: "production", observability: { enabled: true, ...generated } });
    const deployments = ofType(resources, /:Deployment$/).filter(({ name }) => name !== "bookinfo-sleep-v1");
    expect(deployments).toHaveLength(6);
    for (const { inputs } of deployments) expect(inputs).toMatchObject({ spec: { replicas: 2 } });
    expect(ofType(resources, /:PodDisruptionBudget$/)).toHaveLength(6);
    expect(the(resources, "Release", "istio-istiod").inputs.values).toMatchObject({ autoscaleMin: 2 });
    expect(the(resources, "Release", "istio-istiod").inputs.values).not.toHaveProperty("profile");
  });

  it("keeps a password out of everything but encrypted state", async () => {
    const settings = { bookinfo: { ratings: { database: "mysql", password: "s3cret" } } };
    const { resources } = await run(settings, { secretKeys: ["mesh:bookinfo"] });
    const found = ofType(resources, /:Secret$/);
    expect(found.map(({ name }) => name).sort()).toEqual([
      "bookinfo-mysqldb-v1",
      "bookinfo-ratings-v2-mysql",
      "grafana-admin",
      "kiali-session",
    ]);
    const others = resources.filter(({ type }) => !/(:Secret|providers:kubernetes)$/.test(type));
    for (const word of ["s3cret", "of-the-test-alone", "0123456789abcdef"]) {
      expect(JSON.stringify(others)).not.toContain(word);
    }
  });

  it("asks for the secrets that nobody has made", async () => {
    const { rejects } = expect(run({ observability: {} }));
    await rejects.toThrow(
      /mesh:observability\.grafana\.password is missing.*\n.*mesh:observability\.kiali\.signingKey/,
    );
  });

  it("creates nothing where a setting is wrong", async () => {
    const created: string[] = [];
    await pulumi.runtime.setMocks(
      {
        newResource: ({ type, name }) => {
          created.push(type);
          return { id: name, state: {} };
        },
        call: () => ({}),
      },
      "mesh",
      "test",
    );
    pulumi.runtime.setAllConfig({ "mesh:profile": "prod" });
    await expect(load()).rejects.toThrow("mesh:profile must be demo or production");
    expect(created).toEqual([]);
  });
});
