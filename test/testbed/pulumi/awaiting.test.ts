import { describe, expect, test } from "vitest";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import { Refusal } from "./support/refusal.ts";
import { CallFailed } from "./support/provider.ts";
import { available, DEPLOYMENT, deployment, refusalOf, urnOf } from "./support/samples.ts";
import { setUp } from "./support/setUp.ts";

const under = setUp();
const PATH = "/apis/apps/v1/namespaces/bookinfo/deployments/details";

const pod = (name: string, containerStatuses: Fields[]): Fields => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "bookinfo", uid: `uid-of-${name}`, labels: { app: "details" } },
  status: { containerStatuses },
});

const event = (uid: string, message: string): Fields => ({
  apiVersion: "v1",
  kind: "Event",
  metadata: { name: message.replaceAll(" ", "-"), namespace: "bookinfo" },
  involvedObject: { uid },
  reason: "Failed",
  message,
});

const service = (type: string): Fields => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "gateway", namespace: "bookinfo" },
  spec: { type, ports: [{ port: 80 }], selector: { app: "gateway" } },
});

const slice = (ready: boolean): Fields => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "gateway-1", namespace: "bookinfo", labels: { "kubernetes.io/service-name": "gateway" } },
  endpoints: [{ conditions: { ready } }],
});

const lines = (): string[] =>
  under.provider.plugin.logged.filter(({ ephemeral }) => ephemeral).map(({ message }) => message);

/** Changes an object of the cluster just before it is read for the nth time. */
function atRead(nth: number, path: string, change: (object: Fields) => void): void {
  const before = under.cluster.intercept;
  let reads = 0;
  under.cluster.intercept = (seen) => {
    before(seen);
    if (seen.method === "GET" && seen.path === path && ++reads === nth) change(under.cluster.objects.get(path) ?? {});
  };
}

describe("an API server that restarts while an object is awaited", () => {
  test("is waited for", async () => {
    atRead(2, PATH, (object) => {
      under.cluster.restart(600);
      object.status = available(1);
    });
    const { properties } = await under.provider.create({ urn: DEPLOYMENT, properties: deployment() });
    expect(properties.status.availableReplicas).toBe(1);
  });

  test("and refuses to show it does not make the engine forget the object", async () => {
    atRead(2, PATH, () => {
      throw new Refusal(500, "the leader has changed");
    });
    const created = under.provider.create({ urn: DEPLOYMENT, properties: deployment() });
    const failed = await refusalOf(created, CallFailed);
    expect(failed.id).toBe("bookinfo/details");
    expect(failed.reasons.join()).toContain("'details' cannot be watched: the leader has changed");
  });
});

describe("a Deployment", () => {
  test("is awaited, and its progress shown", async () => {
    atRead(2, PATH, (object) => (object.status = available(1)));
    const { properties } = await under.provider.create({ urn: DEPLOYMENT, properties: deployment() });
    expect(properties.status.availableReplicas).toBe(1);
    expect(lines()).toEqual(["Waiting for app ReplicaSet to be available (0/1 Pods available)", ""]);
  });

  test("that fails names its Pods' states and warnings, and is kept in the state", async () => {
    const waiting = { waiting: { reason: "ImagePullBackOff", message: 'Back-off pulling image "details:none"' } };
    under.cluster.store(pod("details-1", [{ name: "details", state: waiting }]));
    under.cluster.store(event("uid-of-details-1", "no such image"));
    under.cluster.store(event("uid-of-another", "not ours"));
    const failed = await refusalOf(
      under.provider.create({ urn: DEPLOYMENT, properties: deployment(), timeout: 1 }),
      CallFailed,
    );
    expect(failed.id).toBe("bookinfo/details");
    expect(failed.properties).toMatchObject({ kind: "Deployment", __inputs: deployment() });
    expect(failed.reasons).toEqual([
      `resource "${DEPLOYMENT}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: 'details' timed out waiting to be Ready`,
      "Waiting for app ReplicaSet to be available (0/1 Pods available)",
      '[Pod bookinfo/details-1]: containers with unready status: [details][ImagePullBackOff] Back-off pulling image "details:none"',
      "[Pod bookinfo/details-1]: [Failed] no such image",
    ]);
  });

  test("past hope is given up before its time", async () => {
    const conditions = [{ type: "Progressing", reason: "ProgressDeadlineExceeded", message: "it took too long" }];
    under.cluster.reconcile = (object) => (object.status = { observedGeneration: 1, conditions });
    const { message } = await refusalOf(
      under.provider.create({ urn: DEPLOYMENT, properties: deployment() }),
      CallFailed,
    );
    expect(message).toMatch(/\[ProgressDeadlineExceeded\] it took too long$/);
  });

  test.each([
    { annotations: { "pulumi.com/skipAwait": "true" }, fails: false },
    { annotations: { "pulumi.com/timeoutSeconds": "1" }, fails: true },
  ])("obeys $annotations", async ({ annotations, fails }) => {
    const created = under.provider.create({ urn: DEPLOYMENT, properties: deployment(annotations) });
    if (fails) expect((await refusalOf(created, CallFailed)).message).toContain("timed out");
    else expect((await created).id).toBe("bookinfo/details");
  });

  test("that is not ready at a refresh is said to be so, and waited for by the next update", async () => {
    const unready = { ...deployment(), metadata: { ...deployment().metadata, generation: 1 } };
    under.cluster.store(unready);
    const read = under.provider.read({
      urn: DEPLOYMENT,
      id: "bookinfo/details",
      inputs: deployment(),
      properties: deployment(),
    });
    const { reasons, inputs } = await refusalOf(read, CallFailed);
    expect(reasons).toEqual(["Waiting for app ReplicaSet to be available (0/1 Pods available)"]);
    expect(inputs).toEqual(deployment());
  });
});

describe("a Service", () => {
  const SERVICE = urnOf("core/v1:Service");
  const path = "/api/v1/namespaces/bookinfo/services/gateway";

  test("of type LoadBalancer waits for its address, then for a ready Pod", async () => {
    const endpoints = under.cluster.store(slice(false));
    atRead(2, path, (object) => (object.status = { loadBalancer: { ingress: [{ ip: "10.0.0.1" }] } }));
    atRead(3, path, () => Object.assign(under.cluster.objects.get(endpoints) ?? {}, slice(true)));
    const { properties } = await under.provider.create({ urn: SERVICE, properties: service("LoadBalancer") });
    expect(properties.status.loadBalancer.ingress).toEqual([{ ip: "10.0.0.1" }]);
    expect(lines()).toEqual(["Attempting to allocate IP address to Service", "Finding Pods to direct traffic to", ""]);
  });

  test("that another made is read by its id, with its address", async () => {
    const ingress = [{ ip: "10.0.0.1" }];
    under.cluster.store({ ...service("LoadBalancer"), status: { loadBalancer: { ingress } } });
    const properties = { apiVersion: "v1", kind: "Service" };
    const read = await under.provider.read({ urn: SERVICE, id: "bookinfo/gateway", properties });
    expect(read.id).toBe("bookinfo/gateway");
    expect(read.properties.status).toEqual({ loadBalancer: { ingress } });
  });

  test("whose address never comes fails and says so", async () => {
    const created = under.provider.create({ urn: SERVICE, properties: service("LoadBalancer"), timeout: 1 });
    expect((await refusalOf(created, CallFailed)).reasons[1]).toBe("Attempting to allocate IP address to Service");
  });
});

describe("deletion", () => {
  const object = { ...deployment(), metadata: { ...deployment().metadata, finalizers: ["mesh/keep"] } };

  test("waits until the object is gone", async () => {
    const path = under.cluster.store(object);
    atRead(2, path, () => under.cluster.objects.delete(path));
    await under.provider.delete({ urn: DEPLOYMENT, id: "bookinfo/details", properties: object });
    expect(under.cluster.objects.has(path)).toBe(false);
    expect(lines()).toContain("Resource scheduled for deletion");
  });

  test("is done when another object of the name has come", async () => {
    const path = under.cluster.store(object);
    const properties = under.cluster.objects.get(path) ?? {};
    atRead(2, path, () =>
      under.cluster.objects.set(path, { ...object, metadata: { ...object.metadata, uid: "another" } }),
    );
    await under.provider.delete({ urn: DEPLOYMENT, id: "bookinfo/details", properties });
    expect(under.cluster.objects.get(path)?.metadata.uid).toBe("another");
  });

  test("that is held up names what holds it", async () => {
    under.cluster.store(object);
    const deleted = under.provider.delete({ urn: DEPLOYMENT, id: "bookinfo/details", properties: object, timeout: 1 });
    const { message } = await refusalOf(deleted, CallFailed);
    expect(message).toBe("'details' timed out waiting to be deleted; finalizers: mesh/keep");
  });

  test("of what is gone already is no error", async () => {
    await under.provider.delete({ urn: DEPLOYMENT, id: "bookinfo/details", properties: object });
  });

  test.each([undefined, "background", "Orphan"])("goes by the object's own policy: %s", async (policy) => {
    const properties = deployment(policy === undefined ? {} : { "pulumi.com/deletionPropagationPolicy": policy });
    under.cluster.store(properties);
    await under.provider.delete({ urn: DEPLOYMENT, id: "bookinfo/details", properties });
    const asked = { undefined: "Foreground", background: "Background", Orphan: "Orphan" }[String(policy)];
    expect(under.cluster.changes.map(({ body }) => body.propagationPolicy)).toEqual([asked]);
  });
});
