// What a Sidecar scope saves the proxy of a pod: configuration and memory, in small meshes and in larger ones. Costs three minutes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../lib/process.ts";
import { Clone } from "../e2e/clone.ts";
import { Inside } from "../e2e/insideCalls.ts";

const NAMESPACE = "scopes";
const SIZES = [10, 200];

interface Cost {
  /** How much configuration it has from istiod, as its `config_dump` prints it. */
  readonly bytes: number;
  /** What it has allocated. */
  readonly memory: number;
}

describe("a Sidecar scope", () => {
  let clone: Clone;
  let inside: Inside;
  let image: string;
  const costs = new Map<string, Cost>();

  beforeAll(async () => {
    clone = await Clone.of();
    clone.configure((config) => ({ ...config, "mesh:observability": { enabled: false } }));
    await clone.makeWell("up");
    inside = new Inside(clone.kubeconfig);
    const place = "jsonpath={.spec.template.spec.containers[0].image}";
    image = await inside.kubectl("-n", "bookinfo", "get", "deploy", "sleep-v1", "-o", place);
    await inside.apply({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: NAMESPACE, labels: { "istio-injection": "enabled" } },
    });
  }, 600_000);
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
  });

  /**
   * What a proxy costs that has just started.
   * @param last - the service that it has to know before it has all
   */
  async function measured(name: string, last: string): Promise<Cost> {
    await inside.apply({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: NAMESPACE, labels: { app: "caller" } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: "main",
            image,
            imagePullPolicy: "IfNotPresent",
            command: ["/bin/sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait"],
          },
        ],
      },
    });
    await inside.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", `pod/${name}`, "--timeout=120s");
    const ask = (path: string) =>
      inside.kubectl("-n", NAMESPACE, "exec", name, "-c", "istio-proxy", "--", "pilot-agent", "request", "GET", path);
    const read = async (): Promise<Cost & { readonly hasAll: boolean }> => {
      const dump = await ask("config_dump");
      const { allocated } = JSON.parse(await ask("memory")) as { allocated: string };
      const hasAll = dump.includes(`|${last}.${NAMESPACE}.svc.cluster.local`);
      return { bytes: Buffer.byteLength(dump), memory: Number(allocated), hasAll };
    };
    let before = await read();
    const cost = await until(`a proxy that knows ${last} and gets nothing more`, 60, async () => {
      const now = await read();
      const isIdle = now.hasAll && Math.abs(now.bytes - before.bytes) < 100;
      before = now;
      return isIdle ? now : undefined;
    });
    await inside.kubectl("-n", NAMESPACE, "delete", "pod", name);
    return cost;
  }

  it.each(SIZES)("is measured among %i services", async (size) => {
    const services = Array.from({ length: size }, (_, index) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: `s${index}`, namespace: NAMESPACE },
      spec: { selector: { app: `s${index}` }, ports: [{ name: "http", port: 8000 + index }] },
    }));
    await inside.apply({ apiVersion: "v1", kind: "List", items: services });
    costs.set(`${size} without`, await measured(`without-${size}`, `s${size - 1}`));
    const called = ["s0", "s1"].map((name) => `${NAMESPACE}/${name}.${NAMESPACE}.svc.cluster.local`);
    await inside.apply({
      apiVersion: "networking.istio.io/v1",
      kind: "Sidecar",
      metadata: { name: "caller", namespace: NAMESPACE },
      spec: { workloadSelector: { labels: { app: "caller" } }, egress: [{ hosts: [...called, "istio-system/*"] }] },
    });
    costs.set(`${size} with`, await measured(`with-${size}`, "s1"));
    await inside.kubectl("-n", NAMESPACE, "delete", "sidecar", "caller");
  });

  it("keeps a proxy as small among many services as among few", () => {
    for (const [name, { bytes, memory }] of costs) {
      console.log(
        `${name} a scope: ${Math.round(bytes / 1024)} KiB of configuration, ${(memory / 2 ** 20).toFixed(1)} MiB of memory`,
      );
    }
    const of = (name: string) => costs.get(name) ?? { bytes: Number.NaN, memory: Number.NaN };
    expect(of("200 without").bytes).toBeGreaterThan(3 * of("200 with").bytes);
    expect(of("200 without").memory).toBeGreaterThan(of("200 with").memory);
    expect(of("10 without").bytes).toBeGreaterThan(of("10 with").bytes);
    expect(of("200 with").bytes).toBeLessThan(1.5 * of("10 with").bytes);
  });
});
