import type { IncomingHttpHeaders } from "node:http";
import * as net from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXTERNAL_HEADERS, FORWARDED_HEADERS } from "../../../testbed/bookinfo/headers.ts";
import { misbehavior } from "../../../testbed/bookinfo/ratings.ts";
import { ratingsTimeout } from "../../../testbed/bookinfo/reviews.ts";
import { upstream } from "../../../testbed/bookinfo/upstream.ts";
import { Apps, closedPort, pointAt } from "./app.ts";

const apps = new Apps();
beforeAll(() => apps.bundle());
afterAll(() => apps.end());

const getJson = async (url: string): Promise<unknown> => (await fetch(url)).json();

describe("details", () => {
  it("v1 knows the book", async () => {
    const { url } = await apps.start("details");
    expect(await getJson(`${url}/details/0`)).toMatchObject({ id: 0, author: "William Shakespeare", pages: 200 });
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it.each(["/details/abc", "/details/", "/details"])("answers %s with 400", async (path) => {
    const { url } = await apps.start("details");
    expect((await fetch(url + path)).status).toBe(400);
  });

  const volume = {
    authors: ["William Shakespeare"],
    publishedDate: "2002-01-01",
    printType: "BOOK",
    pageCount: 96,
    publisher: "Dover",
    language: "en",
    industryIdentifiers: [
      { type: "ISBN_13", identifier: "9780486424613" },
      { type: "ISBN_10", identifier: "0486424618" },
    ],
  };

  it("v2 asks the external book service, without the caller's credentials", async () => {
    const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
    const port = await apps.fake((request, response) => {
      seen.push({ url: request.url, headers: request.headers });
      response.end(JSON.stringify({ items: [{ volumeInfo: volume }] }));
    });
    const { url } = await apps.start("details", {
      VERSION: "v2",
      DO_NOT_ENCRYPT: "true",
      EXTERNAL_BOOK_SERVICE_HOST: `127.0.0.1:${port}`,
    });
    const headers = Object.fromEntries(FORWARDED_HEADERS.map((name) => [name, "value-of-it"]));
    const answer = await fetch(`${url}/details/3`, { headers });
    expect(await answer.json()).toEqual({
      id: 3,
      author: "William Shakespeare",
      year: "2002-01-01",
      type: "paperback",
      pages: 96,
      publisher: "Dover",
      language: "English",
      "ISBN-10": "0486424618",
      "ISBN-13": "9780486424613",
    });
    expect(seen[0]?.url).toBe("/books/v1/volumes?q=isbn:0486424618");
    expect(EXTERNAL_HEADERS.filter((name) => seen[0]?.headers[name] !== "value-of-it")).toEqual([]);
    expect(["cookie", "authorization", "jwt"].filter((name) => name in (seen[0]?.headers ?? {}))).toEqual([]);
  });

  it("v2 speaks TLS unless told not to", async () => {
    let first: number | undefined;
    const server = net.createServer((socket) => {
      socket.once("data", (data) => {
        first = data[0];
        socket.destroy();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    const { url } = await apps.start("details", { VERSION: "v2", EXTERNAL_BOOK_SERVICE_HOST: `127.0.0.1:${port}` });
    expect((await fetch(`${url}/details/0`)).status).toBe(400);
    expect(first).toBe(0x16); // a TLS handshake record
    server.close();
  });
});

describe("reviews", () => {
  const ratingsOf = (answer: { status?: number; body?: string; delay?: number }) => {
    const seen: IncomingHttpHeaders[] = [];
    const port = apps.fake((request, response) => {
      seen.push(request.headers);
      void sleep(answer.delay ?? 0).then(() =>
        response.writeHead(answer.status ?? 200).end(answer.body ?? '{"ratings":{"Reviewer1":5,"Reviewer2":4}}'),
      );
    });
    return port.then((port) => ({ seen, env: pointAt("ratings", port) }));
  };

  const ratingsShown = async (url: string) => {
    const { reviews } = (await getJson(`${url}/reviews/0`)) as { reviews: { rating?: unknown }[] };
    return reviews.map(({ rating }) => rating);
  };

  const UNAVAILABLE = { error: "Ratings service is currently unavailable" };

  it.each([
    ["v1", [undefined, undefined], 0],
    [
      "v2",
      [
        { stars: 5, color: "black" },
        { stars: 4, color: "black" },
      ],
      1,
    ],
    [
      "v3",
      [
        { stars: 5, color: "red" },
        { stars: 4, color: "red" },
      ],
      1,
    ],
  ])("%s", async (version, shown, calls) => {
    const { env, seen } = await ratingsOf({});
    const { url } = await apps.start("reviews", { VERSION: version, ...env });
    expect(await getJson(`${url}/reviews/7`)).toMatchObject({ id: "7", podname: "reviews-pod", clustername: "null" });
    seen.length = 0;
    expect(await ratingsShown(url)).toEqual(shown);
    expect(seen).toHaveLength(calls);
  });

  it.each([
    ["answers with an error", { status: 500 }, [UNAVAILABLE, UNAVAILABLE]],
    ["sends no JSON", { body: "<html>" }, [UNAVAILABLE, UNAVAILABLE]],
    ["knows no ratings", { body: "{}" }, [UNAVAILABLE, UNAVAILABLE]],
    ["knows one of two", { body: '{"ratings":{"Reviewer1":3}}' }, [{ stars: 3, color: "black" }, UNAVAILABLE]],
  ])("says so when ratings %s", async (_why, answer, shown) => {
    const { env } = await ratingsOf(answer);
    const { url } = await apps.start("reviews", { VERSION: "v2", ...env });
    expect(await ratingsShown(url)).toEqual(shown);
  });

  it("says so when ratings cannot be reached", async () => {
    const { url } = await apps.start("reviews", { VERSION: "v2", ...pointAt("ratings", await closedPort()) });
    expect(await ratingsShown(url)).toEqual([UNAVAILABLE, UNAVAILABLE]);
  });

  it("waits 2.5 s for ratings when its stars are red, 10 s when they are black", async () => {
    expect([ratingsTimeout("black"), ratingsTimeout("red")]).toEqual([10_000, 2_500]);
    const { env } = await ratingsOf({ delay: 3_000 });
    const [black, red] = await Promise.all(["v2", "v3"].map((VERSION) => apps.start("reviews", { VERSION, ...env })));
    const [fromBlack, fromRed] = await Promise.all([ratingsShown(black?.url ?? ""), ratingsShown(red?.url ?? "")]);
    expect(fromBlack[0]).toEqual({ stars: 5, color: "black" });
    expect(fromRed[0]).toEqual(UNAVAILABLE);
  });

  it("passes every header of the trace and the caller on to ratings", async () => {
    const { env, seen } = await ratingsOf({});
    const { url } = await apps.start("reviews", { VERSION: "v2", ...env });
    const headers = Object.fromEntries(FORWARDED_HEADERS.map((name) => [name, `the ${name}`]));
    await fetch(`${url}/reviews/0`, { headers: { ...headers, "x-anything": "else" } });
    expect(seen[0]).toMatchObject(headers);
    expect(seen[0]).not.toHaveProperty("x-anything");
  });

  it("takes its flavour from the sample's variables before that of the version", async () => {
    const { env } = await ratingsOf({});
    const { url } = await apps.start("reviews", {
      ENABLE_RATINGS: "true",
      STAR_COLOR: "red",
      CLUSTER_NAME: "east",
      ...env,
    });
    expect(await getJson(`${url}/reviews/0`)).toMatchObject({ clustername: "east" });
    expect((await ratingsShown(url))[0]).toEqual({ stars: 5, color: "red" });
  });

  it.each(["/reviews/abc", "/reviews", "/reviews/0/x"])("has nothing at %s", async (path) => {
    const { url } = await apps.start("reviews");
    expect((await fetch(url + path)).status).toBe(404);
  });
});

describe("ratings", () => {
  const post = (url: string, body: string) => fetch(`${url}/ratings/0`, { method: "POST", body });

  it("v1 keeps what is posted", async () => {
    const { url } = await apps.start("ratings");
    expect(await getJson(`${url}/ratings/0`)).toEqual({ id: 0, ratings: { Reviewer1: 5, Reviewer2: 4 } });
    const answer = await post(url, '{"Reviewer1":1,"Reviewer2":1}');
    expect(answer.status).toBe(200);
    expect(await getJson(`${url}/ratings/0`)).toEqual({ id: 0, ratings: { Reviewer1: 1, Reviewer2: 1 } });
    expect(await getJson(`${url}/ratings/1`)).toEqual({ id: 1, ratings: { Reviewer1: 5, Reviewer2: 4 } });
  });

  it("refuses what is no number, no JSON, or too long", async () => {
    const { url } = await apps.start("ratings");
    expect((await fetch(`${url}/ratings/abc`)).status).toBe(400);
    expect((await post(url, "five stars")).status).toBe(400);
    expect((await post(url, JSON.stringify("x".repeat(70_000)))).status).toBe(413);
  });

  const good = { delay: 0, unavailable: false, healthy: true };
  const down = { ...good, unavailable: true };
  it.each([
    ["v1", 61_000, 0.1, good],
    ["v-faulty", 0, 0.5, down],
    ["v-faulty", 0, 0.6, good],
    ["v-delayed", 0, 0.5, { ...good, delay: 7_000 }],
    ["v-delayed", 0, 0.6, good],
    ["v-unavailable", 59_000, 0, good],
    ["v-unavailable", 60_000, 0, down],
    ["v-unavailable", 120_000, 0, good],
    ["v-unhealthy", 899_000, 0, good],
    ["v-unhealthy", 900_000, 0, { ...down, healthy: false }],
    ["v-unhealthy", 1_800_000, 0, good],
  ])("%s after %i ms, with chance %d", (version, uptime, chance, expected) => {
    expect(misbehavior(version, uptime, chance)).toEqual(expected);
  });

  it("v-faulty fails some requests and serves the others", async () => {
    const { url } = await apps.start("ratings", { VERSION: "v-faulty" });
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async () => (await fetch(`${url}/ratings/0`)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200, 503])); // by chance otherwise once in 2^49
  });
});

describe("the address of a service", () => {
  it.each([
    [{}, "http://reviews:9080"],
    [{ SERVICES_DOMAIN: "shop.svc.cluster.local" }, "http://reviews.shop.svc.cluster.local:9080"],
    [{ REVIEWS_HOSTNAME: "critics", REVIEWS_SERVICE_PORT: "80" }, "http://critics:80"],
  ])("from %j", (env, expected) => {
    expect(upstream("reviews", env)).toBe(expected);
  });
});
