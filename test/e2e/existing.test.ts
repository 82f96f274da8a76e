// A cluster that the user has, by its kubeconfig and context. Here it is a testbed that the tools do not know to be one.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testbedDown, testbedUp } from "../../testbed/cluster.ts";
import { testbedOverlay } from "../../testbed/overlay.ts";
import { fetchPage, measureReviews } from "../../tools/mesh/page.ts";
import { Clone } from "./clone.ts";
import { kubectlOn } from "./kubectlOn.ts";

const NAME = "existing";

describe("make up CONTEXT=…", () => {
  let clone: Clone;
  let kubeconfig: string;

  beforeAll(async () => {
    const { instance, programs } = await testbedUp(NAME);
    kubeconfig = instance.kubeconfig;
    clone = await Clone.of({ KUBECONFIG: kubeconfig });
    // The images and charts that this cluster has, as somebody with a registry of their own would name them.
    const overlay = testbedOverlay(instance, programs.istioModule);
    clone.configure((config) => ({
      ...config,
      "mesh:istio": { ...(overlay["mesh:istio"] as object), ingressGateway: { type: "ClusterIP" } },
      "mesh:observability": overlay["mesh:observability"],
    }));
  }, 600_000);

  afterAll(async () => {
    await clone.make("down");
    clone.remove();
    await testbedDown(NAME);
  });

  it("says which contexts there are when it is not one of them", async () => {
    const { exitCode, output } = await clone.make("up", "CONTEXT=nowhere");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("nowhere");
    expect(output).toContain("testbed");
  });

  it("puts the mesh there, and reaches a gateway without an address through the API", async () => {
    const { output } = await clone.makeWell("up", "CONTEXT=testbed");
    const url = new URL(/available at (\S+)/.exec(output)?.[1] ?? "");
    expect((await clone.makeWell("-s", "url")).stdout.trim()).toBe(url.href);
    const endpoint = { host: url.hostname, port: Number(url.port), path: url.pathname };
    expect((await fetchPage(endpoint)).status).toBe(200);
    expect([...(await measureReviews(endpoint, 60)).keys()]).toEqual(["v1", "v2", "v3"]);
  });

  it("does not move to another cluster by mistake", async () => {
    const { exitCode, output } = await clone.make("up", "CONTEXT=elsewhere");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("make down");
  });

  it("takes everything away again, and leaves the cluster", async () => {
    await clone.makeWell("down");
    const left = await kubectlOn(kubeconfig, "get", "namespaces", "-o", "jsonpath={.items[*].metadata.name}");
    expect(left.split(" ").sort()).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
  });
});
