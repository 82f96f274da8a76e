import { describe, expect, it } from "vitest";
import { Istio, type IstioArgs } from "../../../components/istio/istio.ts";
import type { NetworkLoadBalancer } from "../../../components/istio/networkLoadBalancer.ts";
import { record, the, type RecordOptions } from "../../recorder.ts";

const KNOWN =
  /^(mesh:(istio:Istio|security:PeerAuthentication)|kubernetes:(core\/v1:Namespace|helm\.sh\/v3:Release|security\.istio\.io\/v1:PeerAuthentication))$/;
const RELEASES = ["istio-base", "istio-istiod", "istio-ingress", "istio-egress"];
const FILTER = "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter";
const PEER = "kubernetes:security.istio.io/v1:PeerAuthentication";

const recordIstio = (args: Partial<IstioArgs> = {}, options: RecordOptions = {}) =>
  record(() => new Istio("istio", { version: "1.31.1", profile: "demo", ...args }), KNOWN, options);

describe("Istio", () => {
  it.each([true, false])("is its namespaces and four releases (preview: %s)", async (preview) => {
    const resources = await recordIstio({}, { preview });
    expect(resources.map(({ type, name }) => [type, name])).toEqual(
      expect.arrayContaining([
        ["mesh:istio:Istio", "istio"],
        ...["istio-system", "istio-ingress", "istio-egress"].map((name) => ["kubernetes:core/v1:Namespace", name]),
        ...RELEASES.map((name) => ["kubernetes:helm.sh/v3:Release", name]),
      ]),
    );
    expect(resources).toHaveLength(8);
    expect(the(resources, "Namespace", "istio-system").inputs.metadata).toEqual({
      name: "istio-system",
      annotations: { "pulumi.com/patchForce": "true" },
    });
  });

  it("takes no plain text in production, unless it is told to", async () => {
    const { inputs, dependsOn } = the(await recordIstio({ profile: "production" }), PEER, "default");
    expect(inputs).toMatchObject({
      metadata: { name: "default", namespace: "istio-system" },
      spec: { mtls: { mode: "STRICT" } },
    });
    expect(dependsOn.join()).toContain("istio-istiod");
    const told = the(await recordIstio({ profile: "production", mtls: "PERMISSIVE" }), PEER, "default");
    expect(told.inputs).toMatchObject({ spec: { mtls: { mode: "PERMISSIVE" } } });
    const demo = await recordIstio({ profile: "demo" });
    expect(demo.filter(({ type }) => type.includes("PeerAuthentication"))).toEqual([]);
  });

  it("has releases of fixed names, of one version, in a namespace that is a resource", async () => {
    const resources = await recordIstio({ timeout: 90 });
    const names = {
      base: "istio-base",
      istiod: "istiod",
      ingress: "istio-ingressgateway",
      egress: "istio-egressgateway",
    };
    for (const [suffix, name] of Object.entries(names)) {
      expect(the(resources, "Release", `istio-${suffix}`).inputs).toMatchObject({
        name,
        chart: suffix.endsWith("gress") ? "gateway" : suffix,
        version: "1.31.1",
        repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" },
        namespace: suffix.endsWith("gress") ? `istio-${suffix}` : "istio-system",
        createNamespace: false,
        atomic: true,
        timeout: 90,
      });
    }
  });

  it("waits for what each part needs, and for nothing else", async () => {
    const resources = await recordIstio();
    const waitsFor = (name: string) => the(resources, "Release", name).dependsOn;
    expect(waitsFor("istio-base")).toEqual(["kubernetes:core/v1:Namespace istio-system"]);
    expect(waitsFor("istio-istiod")).toEqual(["kubernetes:helm.sh/v3:Release istio-base"]);
    expect(waitsFor("istio-ingress")).toEqual([
      "kubernetes:helm.sh/v3:Release istio-istiod",
      "kubernetes:core/v1:Namespace istio-ingress",
    ]);
    expect(waitsFor("istio-egress")).toEqual([
      "kubernetes:helm.sh/v3:Release istio-istiod",
      "kubernetes:core/v1:Namespace istio-egress",
    ]);
  });

  it("has no egress gateway where there is to be none", async () => {
    const resources = await recordIstio({ egressGateway: { enabled: false } });
    expect(resources.map(({ name }) => name)).not.toContain("istio-egress");
  });

  it("has its gateways in namespaces of their own, where pods are injected by the gateways' revision", async () => {
    const labelsIn = async (args: Partial<IstioArgs>) => {
      const resources = await recordIstio(args);
      return ["ingress", "egress"].map((way) => {
        const { metadata } = the(resources, "Namespace", `istio-${way}`).inputs as { metadata: { labels?: unknown } };
        return metadata.labels;
      });
    };
    const enabled = { "istio-injection": "enabled" };
    expect(await labelsIn({})).toEqual([enabled, enabled]);
    const revision = { "istio.io/rev": "1-31-1" };
    expect(await labelsIn({ revision: "1-31-1" })).toEqual([revision, revision]);
    const gate = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
    expect(await labelsIn({ ingressGateway: { nlb: {} } })).toEqual([{ ...enabled, ...gate }, enabled]);
  });

  it("keeps the gateways of old beside the new ones, as they were, for as long as it is told to", async () => {
    const alsoIn = "istio-system";
    const resources = await recordIstio({ ingressGateway: { nlb: {}, alsoIn }, egressGateway: { alsoIn } });
    for (const way of ["ingress", "egress"]) {
      // By this name, stacks have it in their state from before: another name would be another load balancer.
      const old = the(resources, "Release", `istio-${way}gateway`);
      expect(old.inputs).toMatchObject({ name: `istio-${way}gateway`, namespace: "istio-system" });
      expect(old.ignoreChanges).toEqual(["values"]);
      expect(old.dependsOn).toContain("kubernetes:helm.sh/v3:Release istio-istiod");
      const now = the(resources, "Release", `istio-${way}`);
      expect(now.inputs).toMatchObject({ name: `istio-${way}gateway`, namespace: `istio-${way}` });
    }
    expect(the(resources, "Namespace", "istio-system").inputs.metadata).toMatchObject({
      labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
    });
    const without = await recordIstio();
    expect(without.map(({ name }) => name).filter((name) => name.endsWith("gateway"))).toEqual([]);
  });

  it("lets the user's values win", async () => {
    const resources = await recordIstio({
      values: {
        base: { defaultRevision: "canary" },
        istiod: { profile: "stable", telemetry: { enabled: false } },
        ingressGateway: { resources: { requests: { cpu: "1" } } },
        egressGateway: { service: { type: "NodePort" } },
      },
    });
    const valuesOf = (name: string) => the(resources, "Release", name).inputs.values;
    expect(valuesOf("istio-base")).toEqual({ base: { validationFailurePolicy: "Fail" }, defaultRevision: "canary" });
    expect(valuesOf("istio-istiod")).toMatchObject({
      profile: "stable",
      telemetry: { enabled: false },
      base: { validationFailurePolicy: "Fail" },
    });
    expect(valuesOf("istio-ingress")).toMatchObject({ resources: { requests: { cpu: "1", memory: "40Mi" } } });
    expect(valuesOf("istio-egress")).toMatchObject({ service: { type: "NodePort" } });
  });

  it("hands each setting to the part that it is for", async () => {
    const resources = await recordIstio({
      images: { hub: "local", tag: "dev", pullPolicy: "IfNotPresent" },
      ingressGateway: { type: "NodePort", nodePorts: { http: 30080 }, annotations: { a: "b" }, replicas: 2 },
      egressGateway: { replicas: 3 },
      accessLog: false,
      tracing: { sampling: 5 },
    });
    const valuesOf = (name: string) => the(resources, "Release", name).inputs.values;
    expect(valuesOf("istio-istiod")).toMatchObject({
      profile: "demo",
      global: { hub: "local", tag: "dev", imagePullPolicy: "IfNotPresent" },
      meshConfig: { accessLogFile: "" },
      pilot: { traceSampling: 5 },
    });
    expect(valuesOf("istio-ingress")).toMatchObject({
      imagePullPolicy: "IfNotPresent",
      replicaCount: 2,
      service: { type: "NodePort", annotations: { a: "b" } },
    });
    expect(valuesOf("istio-egress")).toMatchObject({
      imagePullPolicy: "IfNotPresent",
      replicaCount: 3,
      service: { type: "ClusterIP" },
    });
  });

  describe("with TLS that ends at the load balancer", () => {
    const certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";
    const recordNlb = (nlb?: NetworkLoadBalancer) =>
      record(
        () => new Istio("istio", { version: "1.31.1", profile: "demo", ...(nlb && { ingressGateway: { nlb } }) }),
        /^(mesh:istio:Istio|kubernetes:(core\/v1:Namespace|helm\.sh\/v3:Release|networking\.istio\.io\/v1alpha3:EnvoyFilter))$/,
      );

    it("tells applications that clients came by https, whatever those say, and redirects to there", async () => {
      const { inputs, dependsOn } = the(await recordNlb({ certificates: [certificate] }), FILTER, "istio-system-https");
      expect(inputs).toMatchObject({
        metadata: { namespace: "istio-system" },
        spec: { workloadSelector: { labels: { istio: "ingressgateway" } } },
      });
      expect(dependsOn).toEqual(["kubernetes:helm.sh/v3:Release istio-istiod"]);
      const { configPatches } = inputs.spec as { configPatches: { match: object; patch: { value: object } }[] };
      const [header, scheme] = configPatches;
      expect(configPatches).toHaveLength(2);
      expect(header).toMatchObject({
        applyTo: "ROUTE_CONFIGURATION",
        match: { context: "GATEWAY", routeConfiguration: { name: "http.80" } },
        patch: {
          operation: "MERGE",
          value: {
            request_headers_to_add: [
              {
                header: { key: "x-forwarded-proto", value: "https" },
                append_action: "OVERWRITE_IF_EXISTS_OR_ADD",
              },
            ],
          },
        },
      });
      expect(scheme).toMatchObject({
        applyTo: "NETWORK_FILTER",
        match: { context: "GATEWAY", listener: { portNumber: 80 } },
        patch: {
          operation: "MERGE",
          value: { typed_config: { scheme_header_transformation: { scheme_to_overwrite: "https" } } },
        },
      });
    });

    it("and with TLS that ends at the gateway, it leaves that to Envoy", async () => {
      for (const nlb of [undefined, {}]) {
        expect((await recordNlb(nlb)).filter(({ type }) => type === FILTER)).toEqual([]);
      }
    });
  });

  it("tells where traffic enters and which sidecars it injects", async () => {
    const seen: unknown[] = [];
    const see = (args: Partial<IstioArgs>) =>
      record(() => {
        const { ingressGateway, proxyVersion } = new Istio("istio", {
          version: "1.31.1",
          profile: "production",
          ...args,
        });
        seen.push({ ingressGateway, proxyVersion });
      }, KNOWN);
    await see({});
    await see({ ingressGateway: { type: "ClusterIP" }, images: { tag: "dev" } });
    const gateway = {
      namespace: "istio-ingress",
      service: "istio-ingressgateway",
      selector: { istio: "ingressgateway" },
    };
    expect(seen).toEqual([
      {
        ingressGateway: { ...gateway, type: "LoadBalancer", address: expect.anything() as unknown },
        proxyVersion: "1.31.1",
      },
      { ingressGateway: { ...gateway, type: "ClusterIP" }, proxyVersion: "dev" },
    ]);
  });
});
