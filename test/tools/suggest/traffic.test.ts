import { describe, expect, it } from "vitest";
import { COUNTERS, countedIn, inWords, secondsIn, trafficOf } from "../../../tools/suggest/traffic.ts";

const HOUR = 3600;

describe("the time that is asked for", () => {
  it.each([
    ["30m", 0.5 * HOUR, "30m"],
    ["2h", 2 * HOUR, "2h"],
    ["90m", 1.5 * HOUR, "1h 30m"],
    ["7d", 168 * HOUR, "168h"],
  ])("is read and said: %s", (text, seconds, said) => {
    expect(secondsIn(text)).toBe(seconds);
    expect(inWords(seconds)).toBe(said);
  });

  it.each(["2", "0h", "2 h", "h", "1w", "2h}[1d", "-1h"])("is refused where it is none: %s", (text) => {
    expect(() => secondsIn(text)).toThrow(/SINCE=24h/);
  });
});

/** A Prometheus that knows its data to be so old, and answers queries for counts. */
function prometheus(age: number, answers: (query: string) => readonly (readonly [principal: string, count: string])[]) {
  const queries: string[] = [];
  const ask = (query: string) => {
    if (query.startsWith("time()")) return Promise.resolve([{ metric: {}, value: [1, String(age)] }]);
    queries.push(query);
    const series = answers(query).map(([source_principal, count]) => ({
      metric: { source_principal },
      value: [1, count],
    }));
    return Promise.resolve(series);
  };
  return { ask, queries };
}

describe("what is asked of Prometheus", () => {
  it("is what counters grew by, and with what new ones began", async () => {
    const { ask, queries } = prometheus(24 * HOUR, (query) => {
      if (query.includes("tcp")) return query.includes("offset") ? [["c", "2"]] : [];
      return query.includes("offset")
        ? [["b", "1"]]
        : [
            ["a", "11.98"],
            ["b", "0"],
          ];
    });
    const { counted, seconds } = await trafficOf(ask, 2 * HOUR);
    expect(seconds).toBe(2 * HOUR);
    expect(counted.map(({ unit, labels, count }) => [unit, labels.source_principal, count])).toEqual([
      ["requests", "a", 12],
      ["requests", "b", 1],
      ["connections", "c", 2],
    ]);
    expect(queries).toHaveLength(4);
    for (const query of queries) expect(query).toMatch(/\[7200s\]|offset 7200s/);
  });

  it("leaves out what was refused, also of gRPC, and what clients count", () => {
    expect(COUNTERS.requests).toContain('response_code!="403"');
    expect(COUNTERS.requests).toContain('grpc_response_status!="7"');
    for (const counter of Object.values(COUNTERS)) expect(counter).toContain('reporter="destination"');
  });

  it("is not more than Prometheus knows, less the minute in which it met the proxies", async () => {
    const { ask, queries } = prometheus(600.7, () => []);
    expect((await trafficOf(ask, 24 * HOUR)).seconds).toBe(540);
    expect(queries[0]).toContain("[540s]");
    expect((await trafficOf(prometheus(20, () => []).ask, HOUR)).seconds).toBe(60);
  });

  it("is all that is asked for where Prometheus knows nothing", async () => {
    expect(await trafficOf(() => Promise.resolve([]), HOUR)).toEqual({ counted: [], seconds: HOUR });
  });

  it("has to have the shape of an answer", () => {
    expect(() => countedIn("requests", undefined)).toThrow();
  });

  it.each([
    ["NaN", []],
    ["0", []],
    ["0.3", [1]],
    ["1.05", [1]],
    ["2.6", [3]],
  ])("has counts in parts of one, which is a call at least: %s", (text, counts) => {
    expect(countedIn("requests", [{ metric: {}, value: [1, text] }]).map(({ count }) => count)).toEqual(counts);
  });
});
