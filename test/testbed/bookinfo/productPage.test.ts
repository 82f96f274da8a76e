import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Apps, closedPort, pointAt, type App } from "./app.ts";

const apps = new Apps();
beforeAll(() => apps.bundle());
afterAll(() => apps.end());

/** A productpage with services of the test's own behind it. */
async function withFakes(
  answers: { details?: number; reviews?: number; ratings?: number; delay?: number } = {},
  env = {},
) {
  const calls: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const fake = (status: number, body: unknown, delay = 0) =>
    apps.fake((request, response) => {
      calls.push({ url: request.url, headers: request.headers });
      void sleep(delay).then(() => response.writeHead(status).end(JSON.stringify(body)));
    });
  const page = await apps.start("productpage", {
    ...pointAt("details", await fake(answers.details ?? 200, { publisher: "A <Publisher> & Sons", pages: 7 })),
    ...pointAt("reviews", await fake(answers.reviews ?? 200, REVIEWS, answers.delay)),
    ...pointAt("ratings", await fake(answers.ratings ?? 200, { id: 0, ratings: { Reviewer1: 5 } })),
    ...env,
  });
  return { page, calls };
}

const REVIEWS = {
  id: "0",
  podname: "reviews-v3-abc",
  clustername: "null",
  reviews: [
    { reviewer: "Reviewer1", text: "<script>alert(1)</script>", rating: { stars: 4, color: "red" } },
    { reviewer: "Reviewer2", text: "Fine.", rating: { error: "Ratings service is currently unavailable" } },
  ],
};

describe("the page", () => {
  let page: App;
  let text: string;
  beforeAll(async () => {
    ({ page } = await withFakes());
    text = await (await fetch(`${page.url}/productpage`)).text();
  });

  it.each([
    ["the title that Istio's guides look for", "<title>Simple Bookstore App</title>"],
    ["the book", "<h1>The Comedy of Errors</h1>"],
    ["the details, escaped", "A &lt;Publisher&gt; &amp; Sons"],
    ["the reviews, escaped", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["colored stars", 'class="stars red"'],
    ["the number of stars", "4 of 5 stars"],
    ["the pod that served the reviews", "Reviews served by: <code>reviews-v3-abc</code>"],
    ["that there are no ratings", "Ratings service is currently unavailable"],
    ["the form to sign in", 'action="login"'],
  ])("shows %s", (_what, expected) => {
    expect(text).toContain(expected);
  });

  it("does not name a cluster that has no name, nor leave markup of others in", () => {
    expect(text).not.toContain("on cluster");
    expect(text).not.toContain("<script");
  });

  it.each([
    ["/", 200, "text/html", "productpage?u=test"],
    ["/index.html", 200, "text/html", "productpage?u=normal"],
    ["/productpage?u=normal", 200, "text/html", "The Comedy of Errors"],
    ["/health", 200, undefined, "healthy"],
    ["/static/style.css", 200, "text/css", ".stars.red"],
    ["/static/other.css", 404, "application/json", "error"],
    ["/login", 405, "application/json", "error"],
    ["/metrics", 200, "text/plain", 'request_result_total{destination_app="reviews",response_code="200"}'],
    ["/api/v1/products", 200, "application/json", '"title":"The Comedy of Errors"'],
    ["/api/v1/products/0", 200, "application/json", '"pages":7'],
    ["/api/v1/products/0/reviews", 200, "application/json", '"podname":"reviews-v3-abc"'],
    ["/api/v1/products/0/ratings", 200, "application/json", '"Reviewer1":5'],
  ])("answers %s with %i", async (path, status, type, content) => {
    const answer = await fetch(page.url + path);
    expect(answer.status).toBe(status);
    if (type !== undefined) expect(answer.headers.get("content-type")).toContain(type);
    expect(await answer.text()).toContain(content);
  });
});

describe("a service that fails", () => {
  it.each([
    ["details", "/api/v1/products/0", { details: 555 }, 555, "Error fetching product details"],
    ["reviews", "/api/v1/products/0/reviews", { reviews: 429 }, 429, "Error fetching product reviews"],
    ["ratings", "/api/v1/products/0/ratings", { ratings: 400 }, 400, undefined],
  ])("%s: the API passes its status on, the page stays", async (service, path, answers, status, heading) => {
    const { page } = await withFakes(answers);
    const api = await fetch(page.url + path);
    expect(api.status).toBe(status);
    expect(await api.json()).toEqual({ error: `The product ${service} are currently unavailable.` });
    const shown = await fetch(`${page.url}/productpage`);
    expect(shown.status).toBe(200);
    if (heading !== undefined) expect(await shown.text()).toContain(heading);
  });

  it("is a 500 of the API when it cannot be reached", async () => {
    const port = await closedPort();
    const page = await apps.start("productpage", pointAt("details", port));
    expect((await fetch(`${page.url}/api/v1/products/0`)).status).toBe(500);
  });

  it("is asked a second time if it is reviews, only once if it is details", async () => {
    const { page, calls } = await withFakes({ details: 503, reviews: 503 });
    await fetch(`${page.url}/productpage`);
    expect(calls.map(({ url }) => url)).toEqual(["/details/0", "/reviews/0", "/reviews/0"]);
  });
});

describe.concurrent("time", () => {
  it("gives reviews 3 s twice, so a delay of 7 s becomes 6 s and an error", async ({ expect }) => {
    const { page, calls } = await withFakes({ delay: 7_000 });
    const begun = performance.now();
    const text = await (await fetch(`${page.url}/productpage`)).text();
    const took = performance.now() - begun;
    expect(text).toContain("The product reviews are currently unavailable.");
    expect(calls.filter(({ url }) => url === "/reviews/0")).toHaveLength(2);
    expect(took).toBeGreaterThan(5_900);
    expect(took).toBeLessThan(6_900);
  });

  it("lets reviews take 2 s", async ({ expect }) => {
    const { page, calls } = await withFakes({ delay: 2_000 });
    expect(await (await fetch(`${page.url}/productpage`)).text()).toContain("reviews-v3-abc");
    expect(calls.filter(({ url }) => url === "/reviews/0")).toHaveLength(1);
  });
});

describe("signing in", () => {
  const signIn = (page: App, form: Record<string, string>, headers = {}) =>
    fetch(`${page.url}/login`, { method: "POST", body: new URLSearchParams(form), headers, redirect: "manual" });

  it("takes any password, shows the user, and tells details and reviews who it is", async () => {
    const { page, calls } = await withFakes();
    const answer = await signIn(page, { username: "jason", passwd: "s3cret-word" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/productpage");

    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    const text = await (await fetch(`${page.url}/productpage`, { headers: { cookie } })).text();
    expect(text).toContain('<span class="user">jason</span>');
    expect(text).toContain('href="logout"');
    expect(calls.map(({ url, headers }) => [url, headers["end-user"]])).toEqual([
      ["/details/0", "jason"],
      ["/reviews/0", "jason"],
    ]);

    expect(JSON.stringify(page.log)).not.toContain("s3cret-word");
    expect(JSON.stringify(page.log)).not.toContain(cookie);
  });

  it("ends with signing out", async () => {
    const { page, calls } = await withFakes();
    const answer = await fetch(`${page.url}/logout`, { redirect: "manual", headers: { cookie: "session=amFzb24" } });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("set-cookie")).toMatch(/^session=;.*Max-Age=0/);
    await fetch(`${page.url}/productpage`, { headers: { cookie: "session=" } });
    expect(calls.every(({ headers }) => headers["end-user"] === undefined)).toBe(true);
  });

  it.each([
    ["the page it came from", "http://shop.example/productpage?u=test", "/productpage?u=test"],
    ["no other site", "http://shop.example//evil.example/x", "/evil.example/x"],
    ["no other site, by backslashes", "http://shop.example/\\evil.example", "/evil.example"],
    ["the page, if it came from nowhere", "none", "/productpage"],
  ])("leads back to %s", async (_what, referer, location) => {
    const { page } = await withFakes();
    expect((await signIn(page, { username: "jason" }, { referer })).headers.get("location")).toBe(location);
  });

  it.each([
    ["nothing", ""],
    ["a line break, which would end a header", "jason\r\nx-admin: yes"],
    ["a name without end", "j".repeat(101)],
  ])("refuses %s", async (_what, username) => {
    const { page } = await withFakes();
    expect((await signIn(page, { username })).status).toBe(400);
  });

  it("ignores a cookie that holds no user name", async () => {
    const { page, calls } = await withFakes();
    const cookie = `session=${Buffer.from("jason\r\nx-admin: yes").toString("base64url")}`;
    expect((await fetch(`${page.url}/productpage`, { headers: { cookie } })).status).toBe(200);
    expect(calls[0]?.headers["end-user"]).toBeUndefined();
  });

  it("sends a name outside ASCII as UTF-8", async () => {
    const { page, calls } = await withFakes();
    const cookie = `session=${Buffer.from("Zoë 道").toString("base64url")}`;
    expect(await (await fetch(`${page.url}/productpage`, { headers: { cookie } })).text()).toContain("Zoë 道");
    expect(Buffer.from(String(calls[0]?.headers["end-user"]), "latin1").toString("utf8")).toBe("Zoë 道");
  });
});

describe("headers", () => {
  let page: App;
  let calls: { url: string | undefined; headers: IncomingHttpHeaders }[];
  beforeAll(async () => {
    ({ page, calls } = await withFakes());
  });
  beforeEach(() => {
    calls.length = 0;
  });

  it.each([
    "x-request-id",
    "x-b3-traceid",
    "x-b3-spanid",
    "x-b3-parentspanid",
    "x-b3-sampled",
    "x-b3-flags",
    "b3",
    "traceparent",
    "tracestate",
    "x-ot-span-context",
    "x-datadog-trace-id",
    "x-datadog-parent-id",
    "x-datadog-sampling-priority",
    "x-cloud-trace-context",
    "grpc-trace-bin",
    "sw8",
    "user-agent",
    "cookie",
    "authorization",
    "jwt",
  ])("passes %s on to every service", async (name) => {
    await fetch(`${page.url}/productpage`, { headers: { [name]: "value-of-it" } });
    await fetch(`${page.url}/api/v1/products/0/ratings`, { headers: { [name]: "value-of-it" } });
    expect(calls.map(({ headers }) => headers[name])).toEqual(["value-of-it", "value-of-it", "value-of-it"]);
  });

  it.each(["end-user", "x-dev-user", "x-forwarded-client-cert", "x-anything"])("keeps %s for itself", async (name) => {
    await fetch(`${page.url}/productpage`, { headers: { [name]: "value-of-it" } });
    expect(calls.map(({ headers }) => headers[name])).toEqual([undefined, undefined]);
  });
});

it("FLOOD_FACTOR adds calls to reviews", async () => {
  const { page, calls } = await withFakes({}, { FLOOD_FACTOR: "5" });
  await fetch(`${page.url}/productpage`);
  expect(calls.filter(({ url }) => url === "/reviews/0")).toHaveLength(6);
});
