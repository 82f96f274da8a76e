import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VersionArgs } from "../../../components/application/service.ts";
import { deploymentSpec, type Workload } from "../../../components/application/workload.ts";
import { profiles } from "../../../components/profile.ts";

const workload: Workload = {
  service: "cart",
  version: "v1",
  serviceAccount: "shop-cart",
  profile: "demo",
  proxyVersion: "1.31.1",
};
const service = { port: 8080, versions: {} };

/** The spec as a plain object: nothing in it is an output. */
interface Spec {
  readonly replicas: number;
  readonly template: {
    readonly metadata: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> };
    readonly spec: {
      readonly securityContext: Record<string, unknown>;
      readonly containers: readonly [Record<string, unknown> & { readonly securityContext: Record<string, unknown> }];
      readonly volumes: readonly Record<string, unknown>[];
      readonly topologySpreadConstraints?: readonly { readonly labelSelector: unknown }[];
    };
  };
}
const specOf = (args: Partial<VersionArgs> = {}, more: Partial<Workload> = {}, port: object = service) =>
  deploymentSpec(
    { ...workload, ...more },
    { ...port, versions: {} },
    { image: "acme/cart:1", ...args },
  ) as unknown as Spec;

describe("the pods of a version", () => {
  it("are Restricted by the Pod Security Standards, whatever the arguments", () => {
    const args = fc.record<Partial<VersionArgs>>(
      {
        user: fc.integer({ min: 1, max: 65534 }),
        readOnlyRootFilesystem: fc.boolean(),
        writablePaths: fc.uniqueArray(fc.stringMatching(/^\/[a-z/]{1,9}$/)),
        sidecar: fc.boolean(),
        env: fc.dictionary(fc.stringMatching(/^[A-Z]{1,5}$/), fc.string()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(args, fc.constantFrom(...profiles), (version, profile) => {
        const { spec } = specOf(version, { profile }).template;
        const [container] = spec.containers;
        expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
        expect(spec.securityContext.runAsUser).not.toBe(0);
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
        });
        expect(container.securityContext).not.toHaveProperty("privileged");
        for (const volume of spec.volumes) expect(Object.keys(volume).sort()).toEqual(["emptyDir", "name"]);
        for (const forbidden of ["hostNetwork", "hostPID", "hostIPC"]) expect(spec).not.toHaveProperty(forbidden);
        for (const { hostPort } of (container.ports ?? []) as { hostPort?: number }[]) expect(hostPort).toBeUndefined();
      }),
    );
  });

  it("may write to the folders that are named, and to no other", () => {
    const { spec } = specOf({ writablePaths: ["/tmp", "/var/cache"] }).template;
    expect(spec.containers[0]).toMatchObject({
      securityContext: { readOnlyRootFilesystem: true },
      volumeMounts: [
        { name: "writable-0", mountPath: "/tmp" },
        { name: "writable-1", mountPath: "/var/cache" },
      ],
    });
    expect(spec.volumes).toEqual([
      { name: "writable-0", emptyDir: {} },
      { name: "writable-1", emptyDir: {} },
    ]);
    expect(specOf().template.spec.containers[0].volumeMounts).toEqual([{ name: "writable-0", mountPath: "/tmp" }]);
  });

  it("start anew with an upgrade of the mesh, so that they get its sidecar", () => {
    const of = (proxyVersion: string) => specOf({}, { proxyVersion }).template.metadata.annotations;
    expect(of("1.31.1")).not.toEqual(of("1.31.2"));
  });

  it("ask for a sidecar or against it by label, which wins over the namespace's", () => {
    expect(specOf({ sidecar: false }).template.metadata.labels["sidecar.istio.io/inject"]).toBe("false");
    expect(specOf({ sidecar: true }).template.metadata.labels["sidecar.istio.io/inject"]).toBe("true");
    expect(specOf().template.metadata.labels).toEqual({ app: "cart", version: "v1" });
  });

  it.each([
    [{ port: 8080, healthPath: "/health" }, { httpGet: { path: "/health", port: 8080 } }],
    [{ port: 8080 }, { tcpSocket: { port: 8080 } }],
  ])("are probed with %j", (port, check) => {
    const [container] = specOf({}, {}, port).template.spec.containers;
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"])
      expect(container[probe]).toMatchObject(check);
  });

  it("serve on for a while when they go, since clients hear of it later", () => {
    const [container] = specOf().template.spec.containers;
    expect(container.lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  });

  it("are not probed, and end at once, where there is no port", () => {
    const [container] = specOf({}, {}, {}).template.spec.containers;
    expect(Object.keys(container).filter((key) => /probe|ports|lifecycle/i.test(key))).toEqual([]);
  });

  it("have time to start before the liveness probe ends them", () => {
    const { startupProbe } = specOf().template.spec.containers[0] as unknown as {
      startupProbe: { periodSeconds: number; failureThreshold: number };
    };
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThanOrEqual(120);
  });

  it("say what they need", () => {
    expect(specOf().template.spec.containers[0].resources).toEqual({
      requests: { cpu: "10m", memory: "64Mi" },
      limits: { memory: "512Mi" },
    });
    expect(
      specOf({ requests: { memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } }, { profile: "production" }).template
        .spec.containers[0].resources,
    ).toEqual({
      requests: { cpu: "100m", memory: "1Gi" },
      limits: { cpu: "2", memory: "2Gi" },
    });
  });

  it("are two in production, apart from each other where they can", () => {
    const { replicas, template } = specOf({}, { profile: "production" });
    expect(replicas).toBe(2);
    expect(template.spec.topologySpreadConstraints?.map(({ labelSelector }) => labelSelector)).toEqual([
      { matchLabels: { app: "cart", version: "v1" } },
      { matchLabels: { app: "cart", version: "v1" } },
    ]);
    expect(specOf().replicas).toBe(1);
    expect(specOf().template.spec).not.toHaveProperty("topologySpreadConstraints");
    expect(specOf({ replicas: 5 }).replicas).toBe(5);
  });
});
