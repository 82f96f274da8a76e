import { describe, expect, it } from "vitest";
import { answersIn, curlArgs } from "../../verify/client.ts";

const request = { method: "GET", path: "/reviews/0", query: {}, headers: { host: "reviews", "end-user": "jason" } };
const sending = { count: 7, parallel: 1, patience: 3 };
const args = (changes: object = {}, more: object = {}) =>
  curlArgs("http://reviews.bookinfo:9080", { ...request, ...changes }, { ...sending, ...more }, ["x-a"]);

describe("curl's arguments", () => {
  it("ask so many times for the same address", () => {
    expect(args().at(-1)).toBe("http://reviews.bookinfo:9080/reviews/0#[1-7]");
  });

  it("carry the headers and the patience", () => {
    expect(args().join(" ")).toContain("--header host: reviews --header end-user: jason");
    expect(args().join(" ")).toContain("--max-time 3");
  });

  it("send several at once only if asked to", () => {
    expect(args()).not.toContain("--parallel");
    expect(args({}, { parallel: 4 }).join(" ")).toContain("--parallel --parallel-immediate --parallel-max 4");
  });

  it("let curl take no part of the address for a pattern", () => {
    expect(args({ path: "/a[1-9]{b,c}", query: { "q[]": "{x}" } }).at(-1)).toBe(
      "http://reviews.bookinfo:9080/a%5B1-9%5D%7Bb,c%7D?q%5B%5D=%7Bx%7D#[1-7]",
    );
  });
});

describe("curl's output", () => {
  it("is one answer a line, with the headers that there were", () => {
    expect(answersIn("200\t0.012\t0\t5\t\n000\t3.001\t56\t\tyes\n", ["x-a", "x-b"])).toEqual([
      { status: 200, seconds: 0.012, headers: { "x-a": "5" } },
      { status: 0, seconds: 3.001, failure: 56, headers: { "x-b": "yes" } },
    ]);
  });
});
