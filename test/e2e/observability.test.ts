// What the tools show, held against what was sent: traces and passwords; test/long has what takes waiting. About
// two minutes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../lib/process.ts";
import { ObservedMesh, WAYS } from "./observedMesh.ts";

let mesh: ObservedMesh;
beforeAll(async () => {
  mesh = await ObservedMesh.up();
}, 600_000);
afterAll(() => mesh.down());

describe("the tools that look at the mesh", () => {
  it("are all four there, and say so", async () => {
    expect(Object.keys(mesh.places).sort()).toEqual(["grafana", "jaeger", "kiali", "prometheus"]);
    for (const tool of ["grafana", "kiali"] as const) {
      const answer = await fetch(
        `http://127.0.0.1:${await mesh.published(mesh.places[tool])}${mesh.places[tool].path}`,
      );
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain("This is not ");
    }
  });

  it("show one request as one tree, by W3C's headers", async () => {
    expect(await mesh.ways("w3c")).toEqual(WAYS);
  });

  it("print such a tree, with durations", async () => {
    const { stdout } = await mesh.clone.makeWell("-s", "trace");
    expect(stdout).toMatch(/trace [0-9a-f]{32}, \d+ spans/);
    expect(stdout).toMatch(/└─ productpage\.bookinfo .* 200 +\d+\.\d ms/);
  });

  it("tell who has to be allowed to call whom", async () => {
    // Prometheus asks the proxies every 15 seconds, and what came before its first minute was over does not count.
    const called = await until("calls of ratings by reviews in Prometheus", 240, async () => {
      await mesh.ways("w3c");
      const { stdout } = await mesh.clone.makeWell("-s", "suggest", "SINCE=1h");
      return /^ +reviews +ratings +\d+ requests? +yes$/m.test(stdout) ? stdout : undefined;
    });
    expect(called).toMatch(/^ +ingress-gateway +productpage +\d+ requests? +yes$/m);
  });

  it("let in who has the password, and nobody who has another; a new one holds at once", async () => {
    const settings = { "mesh:observability": { grafana: { anonymous: false } } };
    await mesh.up(settings);
    const password = async () =>
      (await mesh.clone.pulumi("config get --path mesh:observability.grafana.password")).stdout.trim();
    const status = async (secret?: string) => {
      const port = await mesh.published(mesh.places.grafana);
      const authorization = `Basic ${Buffer.from(`admin:${secret ?? ""}`).toString("base64")}`;
      return (await fetch(`http://127.0.0.1:${port}/`, secret === undefined ? {} : { headers: { authorization } }))
        .status;
    };
    const first = await password();
    expect(await Promise.all([status(), status("wrong"), status(first)])).toEqual([401, 401, 200]);

    await mesh.clone.pulumi("config rm --path mesh:observability.grafana.password");
    await mesh.up(settings);
    const second = await password();
    expect(second).not.toBe(first);
    expect(await Promise.all([status(first), status(second)])).toEqual([401, 200]);

    // The old Secret is gone, and the state holds neither in plain text.
    const secrets = await mesh.inside.kubectl("-n", "istio-system", "get", "secrets", "-o", "name");
    expect(secrets.split("\n").filter((name) => name.includes("grafana-admin"))).toHaveLength(1);
    const state = (await mesh.clone.pulumi("stack export")).stdout;
    expect(state).not.toContain(first);
    expect(state).not.toContain(second);
  });

  it("change nothing when run again", async () => {
    expect(await mesh.up({ "mesh:observability": { grafana: { anonymous: false } } })).toMatch(
      /Resources:\s+\d+ unchanged/,
    );
  });
});
