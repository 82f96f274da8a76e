import { describe, expect, test } from "vitest";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import { CallFailed, ProviderUnderTest } from "./support/provider.ts";
import { deployment, refusalOf } from "./support/samples.ts";
import { fakeChart, RELEASE } from "./support/release.ts";
import { setUp } from "./support/setUp.ts";

const { helm, inputs } = fakeChart();
const under = setUp(helm.env);

const create = (args?: Fields) => under.provider.create({ urn: RELEASE, properties: inputs(args) });

describe("a release that fails", () => {
  const timedOut = { exitCode: 1, stderr: "Error: INSTALLATION FAILED: context deadline exceeded" };
  const waiting = { name: "d", state: { waiting: { reason: "CrashLoopBackOff", message: "back-off" } } };

  test("before helm makes anything is no resource", async () => {
    helm.plan({ install: timedOut });
    expect(await refusalOf(create(), CallFailed)).toMatchObject({
      message: "context deadline exceeded",
      properties: undefined,
    });
  });

  test("half made is kept in the state, with what its Pods say", async () => {
    const manifest = `---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: details\n  namespace: bookinfo\n`;
    under.cluster.store(deployment());
    const labels = { app: "details" };
    const metadata = { name: "details-1", namespace: "bookinfo", uid: "u", labels };
    under.cluster.store({ apiVersion: "v1", kind: "Pod", metadata, status: { containerStatuses: [waiting] } });
    helm.plan({ install: { ...timedOut, status: "failed" }, manifest });
    const { id, properties, reasons } = await refusalOf(create(), CallFailed);
    expect(id).toBe("bookinfo/gateway");
    expect(properties?.status).toMatchObject({ status: "failed", revision: 1 });
    expect(properties?.resourceNames).toEqual({ "Deployment.apps/apps/v1": ["bookinfo/details"] });
    expect(reasons).toEqual([
      'Helm release "bookinfo/gateway" was created, but failed to initialize completely. Use Helm CLI to investigate: context deadline exceeded',
      "[Pod bookinfo/details-1]: containers with unready status: [d][CrashLoopBackOff] back-off",
    ]);
  });

  test("and was rolled back because it is atomic is as it was", async () => {
    helm.plan({
      install: { status: "deployed" },
      upgrade: { exitCode: 1, status: "deployed", stderr: "Error: UPGRADE FAILED: rolled back" },
    });
    const { properties } = await create({ atomic: true });
    const call = {
      urn: RELEASE,
      id: "bookinfo/gateway",
      olds: properties,
      oldInputs: inputs(),
      news: inputs({ atomic: true }),
    };
    expect(await refusalOf(under.provider.update(call), CallFailed)).toMatchObject({
      message: "rolled back",
      properties: undefined,
    });
  });

  test("and was left by an interrupted run is mended by the next", async () => {
    helm.plan({ install: { ...timedOut, status: "failed" }, upgrade: { status: "deployed" } });
    await refusalOf(create(), CallFailed);
    const { properties } = await create();
    expect(helm.calls.at(-1)?.args.slice(0, 3)).toEqual(["upgrade", "--install", "gateway"]);
    expect(properties.status).toMatchObject({ status: "deployed", revision: 2 });
  });

  test("because the user interrupts it is kept, and helm ends well", async () => {
    const provider = await ProviderUnderTest.start(helm.env);
    await provider.configure({ kubeconfig: under.cluster.kubeconfig() });
    helm.plan({ install: { waits: true, status: "failed", exitCode: 1 } });
    setTimeout(() => void provider.cancel(), 1000);
    const { properties, message } = await refusalOf(
      provider.create({ urn: RELEASE, properties: inputs() }),
      CallFailed,
    );
    expect(properties?.status.status).toBe("failed");
    expect(message).toMatch(/it was cancelled$/);
    await provider.stop();
  });

  test("because there is no helm says so", async () => {
    const provider = await ProviderUnderTest.start({ PATH: "/nowhere" });
    await provider.configure({ kubeconfig: under.cluster.kubeconfig() });
    const { message } = await refusalOf(provider.create({ urn: RELEASE, properties: inputs() }), CallFailed);
    expect(message).toBe("the program helm is not on PATH: Releases need it");
    await provider.stop();
  });
});

test("a progress line names the workload that helm waits for", async () => {
  const provider = await ProviderUnderTest.start(helm.env);
  await provider.configure({ kubeconfig: under.cluster.kubeconfig() });
  under.cluster.store(deployment());
  const manifest = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: details\n  namespace: bookinfo\n";
  helm.plan({ install: { waits: true, status: "failed", exitCode: 1 }, manifest });
  setTimeout(() => void provider.cancel(), 2600);
  await refusalOf(provider.create({ urn: RELEASE, properties: inputs() }), CallFailed);
  expect(provider.plugin.logged.map(({ message }) => message)).toContain(
    "Deployment details: Waiting for app ReplicaSet to be available (0/1 Pods available)",
  );
  await provider.stop();
});
