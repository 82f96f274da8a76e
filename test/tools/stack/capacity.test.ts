import type { CoreV1Api } from "@kubernetes/client-node";
import { describe, expect, it } from "vitest";
import { gatewayValues } from "../../../components/istio/gatewayValues.ts";
import { istiodValues } from "../../../components/istio/values.ts";
import { profiles } from "../../../components/profile.ts";
import { available, chartRequests, requested, shortage } from "../../../tools/stack/capacity.ts";
import { hasCharts, render } from "../../charts.ts";

const MiB = 2 ** 20;

describe("what the pods of a stack request", () => {
  it("is little in the demo, and more than two cores in production", () => {
    const demo = requested({});
    const production = requested({ profile: "production" });
    expect(demo.cpu).toBeLessThan(0.5);
    expect(production.cpu).toBeGreaterThan(2);
    expect(production.memory).toBeGreaterThan(4096 * MiB);
  });

  it("counts replicas, requests, sidecars and gateways as the stack file says", () => {
    const cart = (version: object, profile = "demo") =>
      requested({
        profile,
        bookinfo: { enabled: false },
        istio: { egressGateway: { enabled: false } },
        applications: { shop: { services: { cart: { versions: { v1: version } } } } },
      });
    const none = cart({ replicas: 0, requests: {} });
    const cpu = (version: object) => Math.round((cart(version).cpu - none.cpu) * 1000);
    expect(cpu({})).toBe(20);
    expect(cpu({ replicas: 3 })).toBe(60);
    expect(cpu({ sidecar: false })).toBe(10);
    expect(cpu({ requests: { cpu: "1.5", memory: "2Gi" } })).toBe(1510);
    expect(cart({ requests: { memory: "2Gi" } }).memory - none.memory).toBe((2048 + 40) * MiB);
    const gateways = (istio: object) => Math.round(requested({ bookinfo: { enabled: false }, istio }).cpu * 1000);
    expect(gateways({ egressGateway: { enabled: false } })).toBe(20);
    expect(gateways({})).toBe(30);
    expect(gateways({ ingressGateway: { autoscaling: { min: 4, max: 5 } } })).toBe(60);
    expect(gateways({ values: { istiod: { resources: { requests: { cpu: "1" } } } } })).toBe(1020);
    expect(gateways({ values: { istiod: { pilot: { resources: { requests: { cpu: "2" } } } } } })).toBe(2020);
  });

  it.runIf(hasCharts).each(profiles)("agrees with the charts of the profile %s", (profile) => {
    const rendered = [
      ...render("istiod", "istiod", istiodValues({ profile, images: {} })),
      ...render(
        "gateway",
        "istio-ingressgateway",
        gatewayValues({ name: "istio-ingressgateway", type: "LoadBalancer", inbound: true, profile }),
      ),
    ];
    const requestsOf = (name: string) => {
      const deployment = rendered.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === name);
      const { template } = deployment?.spec as {
        template: { spec: { containers: { resources: { requests: object } }[] } };
      };
      return template.spec.containers[0]?.resources.requests;
    };
    expect(requestsOf("istiod")).toEqual(chartRequests[profile].istiod);
    expect(requestsOf("istio-ingressgateway")).toEqual(chartRequests[profile].proxy);
    // The sidecar's are in what istiod injects.
    const injected = JSON.stringify(rendered.find(({ metadata }) => metadata.name === "istio-sidecar-injector"));
    const { cpu, memory } = chartRequests[profile].proxy;
    expect(injected).toMatch(new RegExp(`requests[^}]{0,40}cpu[^}]{0,10}${cpu}[^}]{0,20}memory[^}]{0,10}${memory}`));
  });
});

describe("what the nodes have for a stack", () => {
  const node = (name: string, allocatable: object, spec: object = {}, ready = "True") => ({
    metadata: { name },
    spec,
    status: { allocatable, conditions: [{ type: "Ready", status: ready }] },
  });
  const pod = (namespace: string, nodeName: string, requests: object, spec: object = {}, phase = "Running") => ({
    metadata: { namespace },
    spec: { nodeName, containers: [{ resources: { requests } }], ...spec },
    status: { phase },
  });
  const api = (nodes: object[], pods: object[]) =>
    ({
      listNode: () => Promise.resolve({ items: nodes }),
      listPodForAllNamespaces: () => Promise.resolve({ items: pods }),
    }) as unknown as CoreV1Api;

  it("leaves out what others take, and nodes that take no pods", async () => {
    const amount = { cpu: "1930m", memory: "8052524Ki" };
    const nodes = [
      node("one", amount),
      node("cordoned", amount, { unschedulable: true }),
      node("tainted", amount, { taints: [{ key: "gpu", effect: "NoSchedule" }] }),
      node("preferred", { cpu: "1", memory: "1.5Gi" }, { taints: [{ key: "spot", effect: "PreferNoSchedule" }] }),
      node("gone", amount, {}, "Unknown"),
    ];
    const pods = [
      pod("bookinfo", "one", { cpu: "500m" }),
      pod("kube-system", "one", { cpu: "100m", memory: "1.5Gi" }),
      pod("kube-system", "one", { cpu: "9" }, {}, "Succeeded"),
      pod("kube-system", "gone", { cpu: "9" }),
      pod(
        "other",
        "one",
        { cpu: "30m" },
        {
          initContainers: [
            { restartPolicy: "Always", resources: { requests: { cpu: "10m" } } },
            { resources: { requests: { cpu: "5" } } },
          ],
        },
      ),
    ];
    const { cpu = 0, memory } = (await available(api(nodes, pods), ["bookinfo"])) ?? {};
    expect(cpu).toBeCloseTo(1.93 + 1 - 0.1 - 0.04);
    expect(memory).toBe(8052524 * 1024 + 1.5 * 2 ** 30 - 1.5 * 2 ** 30);
  });

  it("counts a node that has just come, and is not known before there is one", async () => {
    const taint = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };
    const newcomer = node("new", { cpu: "2", memory: "4Gi" }, { taints: [taint] }, "False");
    expect(await available(api([newcomer], []), [])).toEqual({ cpu: 2, memory: 4096 * MiB });
    expect(await available(api([], []), [])).toBeUndefined();
  });

  it("is said in words beside what the pods request, if it is too little", () => {
    const there = { cpu: 2, memory: 4096 * MiB };
    expect(shortage({ cpu: 2, memory: 4096 * MiB }, there)).toBeUndefined();
    expect(shortage({ cpu: 3.8, memory: 100 * MiB }, there)).toBe(
      "the Pods of this stack request at least 3.8 CPUs and 100 MiB of memory, but the nodes have 2 CPUs and 4096 MiB of memory available",
    );
    expect(shortage({ cpu: 0, memory: 4097 * MiB }, there)).toBeDefined();
  });
});
