// What the tools show, held against what was sent: traces in both dialects of headers, shares, metrics, logs, logins.
import { KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AddonPlace } from "../../components/observability/addon";
import { publish } from "../../lib/publish";
import { until } from "../../lib/process";
import { fetchPage, measureReviews, type Entrance } from "../../tools/mesh/page";
import { podConnections } from "../../tools/mesh/podConnection";
import { jaegerAt, wholeTrace } from "../../tools/trace/jaeger";
import { tracedRequest } from "../../tools/trace/request";
import { pathsOf } from "../../tools/trace/tree";
import { acceptance } from "../../tools/verify/binomial";
import { countedSince, type Series } from "../../tools/verify/metrics";
import { Clone } from "./clone";
import { Inside } from "./insideCalls";

const GATEWAY = "istio-ingressgateway.istio-ingress";
const SCRAPED = 20_000;

type Places = Record<"prometheus" | "grafana" | "jaeger" | "kiali", AddonPlace>;

describe("the tools that look at the mesh", () => {
  let clone: Clone;
  let config: KubeConfig;
  let inside: Inside;
  let entrance: Entrance;
  let places: Places;
  let good: Record<string, unknown>;
  let read: Awaited<ReturnType<typeof jaegerAt>>;

  /** Puts further settings on the stack. */
  const up = async (settings: Record<string, unknown> = {}): Promise<string> => {
    clone.configure(() => ({ ...good, ...settings }));
    return (await clone.makeWell("up")).output;
  };
  const published = ({ namespace, service, port }: AddonPlace) =>
    publish(20_100, podConnections(config, namespace, service, port));

  beforeAll(async () => {
    clone = await Clone.of();
    clone.configure((settings) => (good = settings));
    await clone.makeWell("up");
    config = new KubeConfig();
    config.loadFromFile(clone.kubeconfig);
    inside = new Inside(clone.kubeconfig);
    entrance = await clone.entrance();
    const outputs = (await clone.pulumi("stack output --json")).stdout;
    places = (JSON.parse(outputs) as { observability: Places }).observability;
    read = await jaegerAt(config, places.jaeger);
  }, 600_000);
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
  });

  it("are all four there, and say so", async () => {
    expect(Object.keys(places).sort()).toEqual(["grafana", "jaeger", "kiali", "prometheus"]);
    for (const tool of ["grafana", "kiali"] as const) {
      const answer = await fetch(`http://127.0.0.1:${await published(places[tool])}${places[tool].path}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain("This is not ");
    }
  });

  /** The ways of one request, once it met a version of reviews that asks for ratings. */
  const ways = async (dialect: "w3c" | "b3"): Promise<string[][]> =>
    until("a page with stars", 240, async () => {
      const { id, headers } = tracedRequest([dialect]);
      const { body } = await fetchPage(entrance, 10_000, headers);
      if (!/reviews-v[23]-/.test(body)) return undefined;
      return pathsOf(await wholeTrace(read, id));
    });

  const wanted = [
    [GATEWAY, "productpage.bookinfo", "details.bookinfo"],
    [GATEWAY, "productpage.bookinfo", "reviews.bookinfo", "ratings.bookinfo"],
  ];

  it("show one request as one tree, by W3C's headers", async () => {
    expect(await ways("w3c")).toEqual(wanted);
  });

  it("print such a tree, with durations", async () => {
    const { stdout } = await clone.makeWell("-s", "trace");
    expect(stdout).toMatch(/trace [0-9a-f]{32}, \d+ spans/);
    expect(stdout).toMatch(/└─ productpage\.bookinfo .* 200 +\d+\.\d ms/);
  });

  it("show one request as one tree, by B3's headers", async () => {
    await up({ "mesh:telemetry": { mesh: { tracing: { provider: "zipkin" } } } });
    await until("proxies to use B3", 60, async () => ((await ways("b3")).length === 2 ? true : undefined));
    expect(await ways("b3")).toEqual(wanted);
  });

  it.each([0, 50, 100])("trace %d of 100 requests where that is asked for", async (sampling) => {
    await up({ "mesh:telemetry": { mesh: { tracing: { sampling } } } });
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const requests = 200;
    const query = async (since: number) => {
      const port = await published(places.jaeger);
      const about = new URLSearchParams({ service: GATEWAY, limit: "1500", start: String(since * 1000) });
      const answer = await fetch(`http://127.0.0.1:${port}${places.jaeger.path}/api/traces?${about.toString()}`);
      return ((await answer.json()) as { data: unknown[] | null }).data?.length ?? 0;
    };
    const since = Date.now();
    await measureReviews(entrance, requests);
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    const { low, high } = acceptance(requests, sampling / 100, 1e-6);
    const traced = await query(since);
    expect(traced).toBeGreaterThanOrEqual(low);
    expect(traced).toBeLessThanOrEqual(high);
  });

  it("count what was sent, by Istio's names, within 2 %", async () => {
    const port = await published(places.prometheus);
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
    await measureReviews(entrance, requests);
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
    await up({ "mesh:traffic": { reviews } });
    const { stdout } = await clone.makeWell("-s", "verify");
    expect(stdout).toMatch(/share of v1, counted +80% .* ok/);
    expect(stdout).toMatch(/share of v3, counted +20% .* ok/);
  });

  it.each([
    ["all", {}, true, true],
    ["none", { enabled: false }, false, false],
    ["those that fail", { filter: "response.code >= 400" }, false, true],
  ])("log %s of the requests", async (_which, accessLog, good, bad) => {
    await up({ "mesh:telemetry": { mesh: { accessLog } } });
    // Connections that are open keep for a while what held when they were made.
    await until("the proxies to log so", 120, async () => {
      const word = Math.random().toString(36).slice(2);
      const call = (path: string) => inside.call(`http://details:9080${path}?${word}`);
      expect((await call("/details/0")).status).toBe(200);
      expect((await call("/nowhere/0")).status).toBeGreaterThanOrEqual(400);
      await new Promise((resolve) => setTimeout(resolve, 11_000));
      const args = ["-l", "app=details", "-c", "istio-proxy", "--tail=-1"];
      const logs = await inside.kubectl("-n", "bookinfo", "logs", ...args);
      const logged = [logs.includes(`/details/0?${word}`), logs.includes(`/nowhere/0?${word}`)];
      return (logged[0] === good && logged[1] === bad) || undefined;
    });
  });

  it("let in who has the password, and nobody who has another; a new one holds at once", async () => {
    const settings = { "mesh:observability": { grafana: { anonymous: false } } };
    await up(settings);
    const password = async () =>
      (await clone.pulumi("config get --path mesh:observability.grafana.password")).stdout.trim();
    const status = async (secret?: string) => {
      const port = await published(places.grafana);
      const authorization = `Basic ${Buffer.from(`admin:${secret ?? ""}`).toString("base64")}`;
      return (await fetch(`http://127.0.0.1:${port}/`, secret === undefined ? {} : { headers: { authorization } }))
        .status;
    };
    const first = await password();
    expect(await Promise.all([status(), status("wrong"), status(first)])).toEqual([401, 401, 200]);

    await clone.pulumi("config rm --path mesh:observability.grafana.password");
    await up(settings);
    const second = await password();
    expect(second).not.toBe(first);
    expect(await Promise.all([status(first), status(second)])).toEqual([401, 200]);

    // The old Secret is gone, and the state holds neither in plain text.
    const secrets = await inside.kubectl("-n", "istio-system", "get", "secrets", "-o", "name");
    expect(secrets.split("\n").filter((name) => name.includes("grafana-admin"))).toHaveLength(1);
    const state = (await clone.pulumi("stack export")).stdout;
    expect(state).not.toContain(first);
    expect(state).not.toContain(second);
  });

  it("change nothing when run again", async () => {
    expect(await up({ "mesh:observability": { grafana: { anonymous: false } } })).toMatch(/Resources:\s+\d+ unchanged/);
  });
});
