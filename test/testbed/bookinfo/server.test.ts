import { spawnSync } from "node:child_process";
import { once } from "node:events";
import * as http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { html } from "../../../testbed/bookinfo/html.ts";
import { isUser, signedIn, userOf } from "../../../testbed/bookinfo/session.ts";
import { Apps, pointAt } from "./app.ts";

const apps = new Apps();
beforeAll(() => apps.bundle());
afterAll(() => apps.end());

describe("every service", () => {
  it.each(["productpage", "details", "reviews", "ratings"])(
    "%s is healthy, and says what it measures",
    async (service) => {
      const { url } = await apps.start(service);
      expect((await fetch(`${url}/health`)).status).toBe(200);
      expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^process_uptime_seconds \d/m);
      const head = await fetch(`${url}/health`, { method: "HEAD" });
      expect([head.status, await head.text()]).toEqual([200, ""]);
    },
  );

  it("starts fast", async () => {
    const starts = [await apps.start("productpage"), await apps.start("ratings"), await apps.start("reviews")];
    // The best of three: the tests beside this one take turns on the same cores.
    expect(Math.min(...starts.map(({ startedIn }) => startedIn))).toBeLessThan(300);
  });

  it("logs one line for each request, without its query", async () => {
    const { url, log } = await apps.start("details", { VERSION: "v1" });
    await fetch(`${url}/details/0?passwd=s3cret-word`, { headers: { "end-user": "jason", "x-request-id": "r-1" } });
    await fetch(`${url}/nothing`);
    await expect.poll(() => log.length).toBe(3);
    expect(log).toEqual([
      expect.objectContaining({ event: "listening" }),
      expect.objectContaining({
        service: "details",
        version: "v1",
        method: "GET",
        path: "/details/0",
        status: 200,
        user: "jason",
        requestId: "r-1",
      }),
      expect.objectContaining({ path: "/nothing", status: 404 }),
    ]);
    expect(JSON.stringify(log)).not.toContain("s3cret-word");
  });

  it("serves many requests on one connection", async () => {
    const { url } = await apps.start("details");
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    let reused = 0;
    for (let round = 0; round < 20; round++) {
      const request = http.get(`${url}/details/0`, { agent });
      const [response] = (await once(request, "response")) as [http.IncomingMessage];
      response.resume();
      await once(response, "end");
      await sleep(1);
      if (request.reusedSocket) reused++;
    }
    expect(reused).toBe(19);
    agent.destroy();
  });

  it("says which variable is wrong, and ends", () => {
    const run = (env: Record<string, string>) =>
      spawnSync(process.execPath, ["testbed/bookinfo/main.ts", "0"], { env, encoding: "utf8" });
    const results = [run({}), run({ SERVICE: "productpage", FLOOD_FACTOR: "many" })];
    expect(results.map(({ status }) => status)).toEqual([1, 1]);
    expect(results[0]?.stderr).toContain("SERVICE must be");
    expect(results[1]?.stderr).toContain("FLOOD_FACTOR must be");
  });
});

describe("SIGTERM", () => {
  it("lets the request under way end, then ends at once although its connection is kept", async () => {
    const port = await apps.fake((_request, response) => {
      setTimeout(() => response.end('{"ratings":{"Reviewer1":5,"Reviewer2":4}}'), 600);
    });
    const { url, process } = await apps.start("reviews", { VERSION: "v2", ...pointAt("ratings", port) });
    const agent = new http.Agent({ keepAlive: true });
    const get = (path: string) => once(http.get(url + path, { agent }), "response") as Promise<[http.IncomingMessage]>;
    const [idle] = await get("/health");
    idle.resume();

    const pending = get("/reviews/0");
    await sleep(200);
    process.kill("SIGTERM");
    const exited = once(process, "exit");
    const [response] = await pending;
    expect(response.statusCode).toBe(200);
    response.resume();
    const begun = performance.now();
    const [code] = (await exited) as [number];
    expect(code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(500);
    agent.destroy();
  });
});

describe("HTML", () => {
  it("never lets a value end the text or attribute it stands in", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const { text } = html`<p title="${value}">${value}</p>`;
        expect(
          text
            .replace(/^<p title="/, "")
            .replace(/<\/p>$/, "")
            .replace(/">/, ""),
        ).not.toMatch(/[<>"']/);
      }),
    );
  });

  it("keeps what was built as HTML, and leaves nothing for nothing", () => {
    const items = ["a", "<b>"].map((item) => html`<i>${item}</i>`);
    expect(html`<b>${items}${undefined}</b>`.text).toBe("<b><i>a</i><i>&lt;b&gt;</i></b>");
  });
});

describe("the session", () => {
  it("gives back every name that may sign in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter(isUser), (user) => {
        expect(userOf(`theme=dark; ${signedIn(user).split(";")[0] ?? ""}; x=y`)).toBe(user);
      }),
    );
  });
});
