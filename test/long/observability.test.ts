// What the tools show of what was sent, where that takes waiting: sampling, the dialects of headers, counts and logs. About five
// minutes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../lib/process.ts";
import { measureReviews } from "../../tools/mesh/page.ts";
import { acceptance } from "../../verify/binomial.ts";
import { countedSince, type Series } from "../../verify/metrics.ts";
import { GATEWAY, ObservedMesh, WAYS } from "../e2e/observedMesh.ts";

const SCRAPED = 20_000;

describe("the tools that look at the mesh", () => {
  let mesh: ObservedMesh;
  beforeAll(async () => {
    mesh = await ObservedMesh.up();
  }, 600_000);
  afterAll(() => mesh.down());

  it("show one request as one tree, by B3's headers", async () => {
    await mesh.up({ "mesh:telemetry": { mesh: { tracing: { provider: "zipkin" } } } });
    await until("proxies to use B3", 60, async () => ((await mesh.ways("b3")).length === 2 ? true : undefined));
    expect(await mesh.ways("b3")).toEqual(WAYS);
  });

  it.each([0, 50, 100])("trace %d of 100 requests where that is asked for", async (sampling) => {
    await mesh.up({ "mesh:telemetry": { mesh: { tracing: { sampling } } } });
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const requests = 200;
    const query = async (since: number) => {
      const port = await mesh.published(mesh.places.jaeger);
      const about = new URLSearchParams({ service: GATEWAY, limit: "1500", start: String(since * 1000) });
      const answer = await fetch(`http://127.0.0.1:${port}${mesh.places.jaeger.path}/api/traces?${about.toString()}`);
      return ((await answer.json()) as { data: unknown[] | null }).data?.length ?? 0;
    };
    const since = Date.now();
    await measureReviews(mesh.endpoint, requests);
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    const { low, high } = acceptance(requests, sampling / 100, 1e-6);
    const traced = await query(since);
    expect(traced).toBeGreaterThanOrEqual(low);
    expect(traced).toBeLessThanOrEqual(high);
  });

  it("count what was sent, by Istio's names, within 2 %", async () => {
    const port = await mesh.published(mesh.places.prometheus);
    const results = async (query: string): Promise<unknown> => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`);
      return ((await answer.json()) as { data: { result: unknown } }).data.result;
    };
    const ask = async (query: string): Promise<number> => {
      const [first] = (await results(query)) as { value: [number, string] }[];
      return Number(first?.value[1] ?? 0);
    };
    const page = 'source_workload="istio-ingressgateway",destination_workload="productpage-v1"';
    const requests = 500;
    // What came before is counted by then.
    await new Promise((resolve) => setTimeout(resolve, SCRAPED));
    const since = Date.now() / 1000;
    await measureReviews(mesh.endpoint, requests);
    const counted = async () => {
      const series = await results(`istio_requests_total{reporter="source",${page},response_code="200"}[10m]`);
      return countedSince(series as Series[], since).get("v1") ?? 0;
    };
    await until("the metrics to be scraped", 60, async () => (await counted()) >= requests * 0.98 || undefined);
    await new Promise((resolve) => setTimeout(resolve, SCRAPED));
    expect(await counted()).toBeLessThanOrEqual(requests * 1.02);

    // The mesh dashboard's rate and success, and the workload dashboard's percentiles.
    const rate = await ask(`sum(rate(istio_requests_total{reporter="source",${page}}[2m]))`);
    expect(rate).toBeGreaterThan(0);
    const good = `sum(rate(istio_requests_total{reporter="source",${page},response_code!~"5.*"}[2m]))`;
    expect((await ask(good)) / rate).toBeGreaterThan(0.98);
    for (const quantile of [0.5, 0.9, 0.99]) {
      const buckets = `sum(rate(istio_request_duration_milliseconds_bucket{reporter="source",${page}}[2m])) by (le)`;
      expect(await ask(`histogram_quantile(${quantile}, ${buckets})`)).toBeGreaterThan(0);
    }
    for (const workload of ["details-v1", "reviews-v2", "ratings-v1"]) {
      expect(
        await ask(`sum(istio_requests_total{reporter="source",destination_workload="${workload}"})`),
      ).toBeGreaterThan(0);
      expect(
        await ask(`sum(istio_requests_total{reporter="destination",destination_workload="${workload}"})`),
      ).toBeGreaterThan(0);
    }
  });

  it("let make verify hold the declared shares against what was counted", async () => {
    const reviews = { subsets: { v1: {}, v3: {} }, routes: [{ to: { v1: 80, v3: 20 } }] };
    await mesh.up({ "mesh:traffic": { reviews } });
    const { stdout } = await mesh.clone.makeWell("-s", "verify");
    expect(stdout).toMatch(/share of v1, counted +80% .* ok/);
    expect(stdout).toMatch(/share of v3, counted +20% .* ok/);
  });

  it.each([
    ["all", {}, true, true],
    ["none", { enabled: false }, false, false],
    ["those that fail", { filter: "response.code >= 400" }, false, true],
  ])("log %s of the requests", async (_which, accessLog, good, bad) => {
    await mesh.up({ "mesh:telemetry": { mesh: { accessLog } } });
    // Connections that are open keep for a while what held when they were made.
    await until("the proxies to log so", 120, async () => {
      const word = Math.random().toString(36).slice(2);
      const call = (path: string) => mesh.inside.call(`http://details:9080${path}?${word}`);
      expect((await call("/details/0")).status).toBe(200);
      expect((await call("/nowhere/0")).status).toBeGreaterThanOrEqual(400);
      await new Promise((resolve) => setTimeout(resolve, 11_000));
      const args = ["-l", "app=details", "-c", "istio-proxy", "--tail=-1"];
      const logs = await mesh.inside.kubectl("-n", "bookinfo", "logs", ...args);
      const logged = [logs.includes(`/details/0?${word}`), logs.includes(`/nowhere/0?${word}`)];
      return (logged[0] === good && logged[1] === bad) || undefined;
    });
  });
});
