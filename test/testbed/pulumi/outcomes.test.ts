import { rmSync } from "node:fs";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import type { FakeCluster } from "./support/fakeCluster.ts";
import { Refusal } from "./support/refusal.ts";
import { FakeHelm } from "./support/fakeHelm.ts";
import { CallFailed, type ProviderUnderTest } from "./support/provider.ts";
import { istioModule, readRecordings, titleOf, type Recorded } from "./support/recordings.ts";
import { setUp } from "./support/setUp.ts";

const module = istioModule();
const helm = new FakeHelm();
const under = setUp(helm.env);
let provider: ProviderUnderTest;
let cluster: FakeCluster;

beforeEach(() => {
  ({ provider, cluster } = under);
  cluster.store({ apiVersion: "v1", kind: "Namespace", metadata: { name: "istio-system" } });
  cluster.store({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "details-1", namespace: "bookinfo", labels: { "kubernetes.io/service-name": "details" } },
    endpoints: [{ conditions: { ready: true } }],
  });
});

afterAll(() => {
  rmSync(module, { recursive: true });
  helm.remove();
});

const outcomes = readRecordings("outcomes", module);
const isRelease = ({ request }: Recorded) => request.urn.includes("Release::");
const objects = outcomes.filter((call) => !isRelease(call));
const titled = (calls: Recorded[]) => calls.map((call) => ({ title: titleOf(call), call }));

/** The object of the cluster in a state that the engine keeps. */
function liveIn(state: Fields): Fields {
  return Object.fromEntries(Object.entries(state).filter(([key]) => !key.startsWith("__")));
}

/** Makes the cluster give the object as the recorded one did. */
function answerWith(live: Fields): void {
  cluster.reconcile = (object) => {
    Object.assign(object, structuredClone(live));
  };
}

const ANY_MANAGER = expect.stringMatching(/^pulumi-kubernetes-[0-9a-f]{8}$/) as string;

describe("objects: what is created comes out as with the real plugin", () => {
  const creates = objects.filter(({ method, run }) => method === "Create" && !run.startsWith("12-"));
  test.each(titled(creates))("$title", async ({ call }) => {
    const recorded = call.response?.properties;
    if (recorded.__inputs) answerWith(liveIn(recorded));
    else {
      // The first preview: neither the namespace nor Istio's definitions are there.
      cluster.objects.clear();
      cluster.unknown.add("/apis/networking.istio.io/v1");
    }
    cluster.objects.delete("/api/v1/namespaces/istio-system");
    if (call.request.urn.includes("Namespace::")) cluster.objects.clear();
    const { id, properties } = await provider.create(call.request);
    expect(id).toBe(call.response?.id ?? "");
    expect(properties).toEqual({ ...recorded, ...(recorded.__inputs && { __fieldManager: ANY_MANAGER }) });
    if (call.request.preview) expect(cluster.changes).toEqual([]);
  });

  test("what is replaced is there still at preview, which warns and goes on", async () => {
    const call = only(objects, "12-", "Create");
    cluster.store(call.request.properties ?? {});
    const { properties } = await provider.create(call.request);
    expect(properties).toEqual(call.response?.properties);
    const name: string = call.request.properties?.metadata.name;
    expect(provider.plugin.logged.at(-1)?.message).toBe(`creation failed: deployments.apps "${name}" already exists`);
  });
});

describe("objects: what is updated comes out as with the real plugin", () => {
  const updates = objects.filter(({ method, errors }) => method === "Update" && !errors);
  test.each(titled(updates))("$title", async ({ call }) => {
    const { olds = {} } = call.request;
    cluster.store(liveIn(olds), olds.__fieldManager);
    if (/^(6|8|9)-/.test(call.run)) cluster.patchByHand({ ...liveIn(olds), spec: { http: [] } });
    answerWith(liveIn(call.response?.properties));
    expect(await provider.update(call.request)).toEqual(call.response?.properties);
  });

  const refusals = objects.filter(({ method, errors }) => method === "Update" && errors);
  test.each(titled(refusals))("$title is refused in the same words", async ({ call }) => {
    const { olds = {}, oldInputs } = call.request;
    cluster.store(liveIn(olds), olds.__fieldManager);
    if (call.run.startsWith("5-")) cluster.patchByHand({ ...liveIn(olds), spec: { http: [] } });
    const recorded = (call.errors ?? []).join().replace("rpc error: code = Unknown desc = ", "");
    const invalid = recorded.split("become live: ")[1] ?? "";
    cluster.admit = () => {
      if (!call.run.startsWith("5-")) throw new Refusal(422, invalid);
    };
    const failed = await provider.update(call.request).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CallFailed);
    const { message, inputs, id, reasons } = failed as CallFailed;
    expect(message).toBe(recorded);
    expect(reasons).toEqual([recorded]);
    expect({ id, inputs }).toEqual({ id: call.request.id, inputs: oldInputs });
  });

  test("after a refusal the state says what the program wanted, and how the object is", async () => {
    const refused = only(objects, "11-", "Update");
    const later = only(objects, "12-", "Update");
    cluster.store(liveIn(refused.request.olds ?? {}), refused.request.olds?.__fieldManager);
    cluster.admit = () => {
      throw new Refusal(422, "no");
    };
    const failed = await provider.update(refused.request).catch((error: unknown) => error as CallFailed);
    expect((failed as CallFailed).properties).toEqual(later.request.olds);
  });
});

describe("objects: what is read and deleted", () => {
  const reads = objects.filter(({ method }) => method === "Read");
  test.each(titled(reads))("$title", async ({ call }) => {
    cluster.store(liveIn(call.response?.properties));
    expect(await provider.read(call.request)).toEqual(call.response);
  });

  test("a deleted object goes in the foreground", async () => {
    const call = only(objects, "17-", "Delete");
    const path = cluster.store(liveIn(call.request.properties ?? {}));
    await provider.delete(call.request);
    expect(cluster.objects.has(path)).toBe(false);
    expect(cluster.changes.map(({ method, body }) => [method, body.propagationPolicy])).toEqual([
      ["DELETE", "Foreground"],
    ]);
  });
});

describe("releases come out as with the real plugin", () => {
  const releases = outcomes.filter(isRelease);
  const made = releases.filter(({ method, errors }) => ["Create", "Update"].includes(method) && !errors);

  test.each(titled(made))("$title", async ({ call }) => {
    const { properties } = call.response ?? {};
    const manifest = manifestOf(properties.resourceNames);
    const chart = { name: properties.status.chart, version: "1.0.0", appVersion: "1.0.0" };
    helm.plan({ install: { status: "deployed" }, upgrade: { status: "deployed" }, manifest, chart });
    for (let before = 1; before < properties.status.revision; before++) {
      await provider.update({ ...call.request, news: call.request.news ?? {}, preview: false });
    }
    const answer =
      call.method === "Create" ? (await provider.create(call.request)).properties : await provider.update(call.request);
    expect(answer).toEqual(properties);
    if (call.request.preview) expect(helm.calls).toEqual([]);
  });

  test("a release is read from what helm keeps of it", async () => {
    const call = only(releases, "5-", "Read");
    const { properties } = call.response ?? {};
    helm.plan({
      install: { status: "deployed" },
      manifest: manifestOf(properties.resourceNames),
      chart: { name: "istiod", version: "1.0.0", appVersion: "1.0.0" },
    });
    await provider.create({ urn: call.request.urn, properties: call.response?.inputs });
    expect(await provider.read(call.request)).toEqual(call.response);
  });

  test("refused values fail in helm's words, and leave the state alone", async () => {
    const call = only(releases, "15-", "Update");
    const recorded = (call.errors ?? []).join().replace("rpc error: code = Unknown desc = ", "");
    helm.plan({ upgrade: { exitCode: 1, stderr: `Error: UPGRADE FAILED: ${recorded}` } });
    const failed = await provider.update(call.request).catch((error: unknown) => error as CallFailed);
    expect(failed).toMatchObject({ message: recorded, properties: undefined });
  });

  test("a release is uninstalled, and what its chart keeps is named", async () => {
    const call = only(releases, "17-", "Delete");
    const kept =
      "These resources were kept due to the resource policy:\n[CustomResourceDefinition] gateways.networking.istio.io\n";
    helm.plan({ uninstall: { stdout: `${kept}\nrelease "istio-ingressgateway" uninstalled\n` } });
    await provider.delete(call.request);
    const [uninstall] = helm.calls;
    expect(uninstall?.args.slice(0, 4)).toEqual(["uninstall", "istio-ingressgateway", "--namespace", "istio-system"]);
    expect(uninstall?.args).toContain("--wait");
    expect(provider.plugin.logged.at(-1)?.message).toBe(`Helm uninstall returned information: ${JSON.stringify(kept)}`);
  });
});

function only(calls: Recorded[], run: string, method: string): Recorded {
  const found = calls.find((call) => call.run.startsWith(run) && call.method === method);
  if (!found) throw new Error(`no ${method} is recorded in run ${run}`);
  return found;
}

/** A manifest of objects with these names, in the form of the output `resourceNames`. */
function manifestOf(resourceNames: unknown): string {
  if (typeof resourceNames !== "object" || resourceNames === null) return "";
  const objects = Object.entries(resourceNames as Record<string, string[]>).flatMap(([type, names]) => {
    const [, kind, apiVersion] = /^([A-Za-z]+)(?:\.[^/]+)?\/(.+)$/.exec(type) ?? [];
    return names.map((id) => {
      const [name = "", namespace] = id.split("/").reverse();
      const scope = namespace ? `\n  namespace: ${namespace}` : "";
      return `---\n# Source: chart\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}${scope}\nspec:\n  kind: Other\n`;
    });
  });
  return objects.join("");
}
