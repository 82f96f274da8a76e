import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { settingsProblems } from "../../../settings/parse.ts";
import { inStackFile } from "../../settings/stackFile.ts";
import { account, bookinfo, client, HOUR, service, suggested, usual } from "./recorded.ts";

const services = (patch: Record<string, unknown>) =>
  (patch.security as { authorization: { services: Record<string, unknown> } }).authorization.services;

describe("what make suggest writes", () => {
  it("is nothing where what was counted is what is declared", () => {
    const { yaml, text, rows } = suggested({}, [...usual, ...client]);
    expect(yaml).toBe("");
    expect(text).toContain("The stack file fits what was counted: there is nothing to change.");
    expect(rows).toContainEqual(["reviews", "ratings", "60 requests", "yes"]);
    expect(text).toMatch(/from the client Pod sleep/);
    expect(text).toMatch(/no methods and paths/);
  });

  it("names callers that were not seen, and takes none away without a word", () => {
    const { yaml, patch, rows, text } = suggested({}, [...usual, ...client.slice(0, 3)]);
    expect(services(patch)).toEqual({ ratings: { from: ["reviews"] } });
    expect(yaml).toContain("# - sleep # not seen in the last 1h");
    expect(rows).toContainEqual(["sleep", "ratings", "not seen", "yes"]);
    expect(text).toMatch(/Lines with # are callers that were not seen/);
  });

  it("keeps the gateway of a page that nobody opened", () => {
    const { patch, rows } = suggested({}, [...usual.slice(1), ...client]);
    expect(patch).toEqual({});
    expect(rows).toContainEqual(["ingress-gateway", "productpage", "not seen", "yes"]);
  });

  it("leaves services alone that nobody called", () => {
    const { patch, text } = suggested({}, [...usual.slice(0, 3), ...client.slice(0, 3)]);
    expect(patch).toEqual({});
    expect(text).toContain("Left as they are, since nobody called them in the last 1h: ratings.");
  });

  it("is nothing without any traffic, with what to do", () => {
    const { yaml, text, rows } = suggested({}, []);
    expect(text).toMatch(/counted no calls .* in the last 1h: nothing is suggested\.[^]*make verify/);
    expect(text).not.toContain("config:");
    expect([yaml, rows]).toEqual(["", []]);
  });

  it("has those who call and may not, whoever they are", () => {
    const { patch, rows } = suggested({ security: { authorization: { default: "deny" } } }, [
      ...usual,
      ...client,
      { by: account("ops", "batch"), to: "ratings.bookinfo", count: 2 },
      { by: account("istio-egress", "istio-egressgateway"), to: "ratings.bookinfo" },
      { by: bookinfo("details"), to: "ratings.bookinfo" },
    ]);
    expect(services(patch)).toEqual({
      ratings: { from: ["reviews", "sleep", "details", "egress-gateway", { serviceAccount: "ops/batch" }] },
    });
    expect(rows).toContainEqual(["service account ops/batch", "ratings", "2 requests", "no"]);
    expect(rows).toContainEqual(["details", "ratings", "1 request", "no"]);
  });

  it("says that everybody is let in today where nothing is refused", () => {
    const { patch, rows } = suggested({}, [...usual, ...client, { by: bookinfo("details"), to: "ratings.bookinfo" }]);
    expect(rows).toContainEqual(["details", "ratings", "1 request", "yes"]);
    expect(services(patch)).toEqual({ ratings: { from: ["reviews", "sleep", "details"] } });
  });

  it("says it in calls where the stack file has the caller's", () => {
    const shop = { services: { till: service({ calls: ["cart", "ratings"] }), cart: service(), stock: service() } };
    const { patch, yaml } = suggested({ applications: { shop } }, [
      { by: account("shop", "shop-till"), to: "stock.shop" },
      { by: account("shop", "shop-stock"), to: "cart.shop" },
    ]);
    expect(patch).toEqual({
      applications: { shop: { services: { till: { calls: ["ratings", "stock"] }, stock: { calls: ["cart"] } } } },
    });
    expect(yaml).toContain("# - cart # not seen");
  });

  it("says it in both where a proxy may know only what its service calls", () => {
    const shop = { services: { till: service() } };
    const { patch } = suggested({ applications: { shop } }, [
      ...usual,
      { by: account("shop", "shop-till"), to: "ratings.bookinfo" },
    ]);
    expect(services(patch).ratings).toEqual({ from: ["reviews", "till"] });
    expect(patch.applications).toEqual({ shop: { services: { till: { calls: ["ratings"] } } } });
  });

  it("has names that mean one service, also of namespaces that begin with a digit", () => {
    const books = { namespace: "9-books", services: { reviews: service() } };
    const { patch } = suggested({ applications: { books } }, [
      ...usual,
      ...client,
      { by: account("9-books", "books-reviews"), to: "ratings.bookinfo" },
      { by: bookinfo("reviews"), to: "details.bookinfo" },
      { by: bookinfo("ratings"), to: "reviews.9-books" },
      { by: account("9-books", "default"), to: "reviews.9-books" },
    ]);
    expect(services(patch)).toEqual({
      details: { from: ["productpage", "sleep", "reviews.bookinfo"] },
      "reviews.9-books": { from: ["ratings", { serviceAccount: "9-books/default" }] },
    });
    expect(patch.applications).toEqual({ books: { services: { reviews: { calls: ["ratings"] } } } });
  });

  it("leaves entries that are for some requests, and lets others in beside them", () => {
    const authorization = {
      default: "deny",
      services: {
        "ratings.bookinfo": { from: ["reviews", "sleep"], methods: ["GET"], paths: ["/ratings/*"] },
        details: [{ from: ["productpage"], methods: ["GET"] }, { from: ["sleep"] }],
        reviews: { from: [{ namespace: "bookinfo" }] },
      },
    };
    const { patch, rows } = suggested({ security: { authorization } }, [
      ...usual,
      ...client.filter(({ to }) => to !== "ratings.bookinfo"),
      { by: bookinfo("details"), to: "ratings.bookinfo" },
      { by: bookinfo("details"), to: "details.bookinfo" },
    ]);
    expect(services(patch)).toEqual({
      "ratings.bookinfo": [{ from: ["reviews"], methods: ["GET"], paths: ["/ratings/*"] }, { from: ["details"] }],
      details: [{ from: ["productpage"], methods: ["GET"] }, { from: ["sleep", "details"] }],
    });
    expect(rows).toContainEqual(["reviews", "ratings", "60 requests", "some requests"]);
    expect(rows).toContainEqual(["sleep", "ratings", "not seen", "some requests"]);
    expect(rows).toContainEqual(["productpage", "reviews", "90 requests", "yes"]);
  });

  it.each([
    ["where it led none of the requests", usual],
    [
      "where it led all requests of a caller",
      [...usual.filter(({ to }) => to !== "details.bookinfo"), { by: bookinfo("productpage"), to: "ratings.bookinfo" }],
    ],
  ])("keeps callers whose requests a route leads on, %s", (_what, series) => {
    const to = [
      { host: "details", weight: 90 },
      { host: "ratings", weight: 10 },
    ];
    const settings = { traffic: { details: { routes: [{ to }] } } };
    expect(settingsProblems(inStackFile(settings))).toEqual([]);
    expect(suggested(settings, [...series, ...client]).patch).toEqual({});
  });

  it("counts connections beside requests", () => {
    const shop = { services: { cart: service(), db: service({ port: 5432, protocol: "tcp" }) } };
    const { patch, rows, text } = suggested({ applications: { shop } }, [
      { by: account("shop", "shop-cart"), to: "db.shop", unit: "connections", count: 3 },
    ]);
    expect(patch).toEqual({ applications: { shop: { services: { cart: { calls: ["db"] } } } } });
    expect(rows).toContainEqual(["cart", "db", "3 connections", "yes"]);
    expect(text).toMatch(/refused are counted as well/);
  });

  it("knows pods by the service whose label they have, and principals without a scheme", () => {
    const { calls } = suggested({}, [
      {
        by: "cluster.local/ns/bookinfo/sa/bookinfo-reviews",
        to: "ratings-v1.bookinfo",
        labels: { destination_canonical_service: "ratings" },
      },
      { by: bookinfo("reviews"), to: "ratings.bookinfo", labels: { destination_canonical_service: "unknown" } },
    ]);
    expect(calls.known.map(({ caller, member, counts }) => [caller, member.name, counts])).toEqual([
      ["reviews", "ratings", { requests: 2 }],
    ]);
  });

  it("leaves out what the stack has no policy for", () => {
    const shop = {
      services: {
        cart: service({ versions: { v1: { image: "a", sidecar: false } } }),
        batch: service({ port: undefined }),
      },
    };
    const { text, patch } = suggested({ applications: { shop } }, [
      { by: bookinfo("sleep"), to: "cart.shop" },
      { by: bookinfo("sleep"), to: "pay.bank" },
      { by: bookinfo("sleep"), to: "batch.shop" },
    ]);
    expect(text).toContain("no policy for them: batch.shop, cart.shop, pay.bank.");
    expect(patch).toEqual({});
  });

  it("says how much Prometheus knows where that is less", () => {
    expect(suggested({}, usual, HOUR / 2).text).toMatch(/^Prometheus knows only the last 30m of 1h\.\n/);
    expect(suggested({}, usual).text).not.toContain("knows only");
  });
});

describe("docs/security.md", () => {
  it("shows it as it is said", () => {
    const guide = readFileSync(resolve(import.meta.dirname, "../../../docs/security.md"), "utf8");
    const [, shown = ""] = /^```\n(Who called whom [^]*?)^```/m.exec(guide) ?? [];
    const { text } = suggested({ security: { authorization: { default: "deny", tryOut: true } } }, [
      { by: bookinfo("reviews"), to: "ratings.bookinfo", count: 412 },
      { by: account("ops", "batch"), to: "ratings.bookinfo", count: 3 },
    ]);
    const lines = (from: string) =>
      from
        .replaceAll("2h", "1h")
        .split("\n")
        .map((line) => line.replaceAll(/(?<=\S) +/g, " "));
    expect(lines(shown).length).toBeGreaterThan(10);
    expect(lines(text)).toEqual(expect.arrayContaining(lines(shown).filter((line) => line !== "…")));
  });
});
