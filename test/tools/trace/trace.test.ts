import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tracedRequest } from "../../../tools/trace/request.ts";
import { spansIn, type Span } from "../../../tools/trace/spans.ts";
import { pathsOf, treesOf, treeText, type Node } from "../../../tools/trace/tree.ts";

const span = (id: string, parent: string | undefined, service: string, start: number, duration = 10): Span => ({
  id,
  ...(parent !== undefined && { parent }),
  service,
  operation: `${service}:9080/*`,
  status: "200",
  start,
  duration: duration * 1000,
});

const page: Span[] = [
  span("4", "2", "reviews", 6000, 9),
  span("2", "1", "productpage", 2000, 20),
  span("3", "2", "details", 3000, 2),
  span("5", "4", "ratings", 7000, 1),
  span("1", "of-the-client", "gateway", 1000, 22.5),
];

describe("spans of Jaeger's answer", () => {
  it("say who, what, when, for how long and after whom", () => {
    const answer = {
      data: [
        {
          traceID: "abc",
          spans: [
            {
              spanID: "2",
              operationName: "details.bookinfo.svc.cluster.local:9080/*",
              processID: "p1",
              startTime: 1700000000000000,
              duration: 1234,
              references: [
                { refType: "FOLLOWS_FROM", spanID: "9" },
                { refType: "CHILD_OF", spanID: "1" },
              ],
              tags: [
                { key: "http.method", value: "GET" },
                { key: "http.status_code", value: 200 },
              ],
            },
            { spanID: "1", operationName: "ingress", processID: "p9", startTime: 5, duration: 6 },
          ],
          processes: { p1: { serviceName: "details.bookinfo" } },
        },
      ],
    };
    expect(spansIn(answer)).toEqual([
      {
        id: "2",
        parent: "1",
        service: "details.bookinfo",
        operation: "details.bookinfo.svc.cluster.local:9080/*",
        status: "200",
        start: 1700000000000000,
        duration: 1234,
      },
      { id: "1", service: "", operation: "ingress", start: 5, duration: 6 },
    ]);
  });

  it.each([[{ data: null }], [{ data: [] }], [{}]])("are none where there is no trace: %j", (answer) => {
    expect(spansIn(answer)).toEqual([]);
  });
});

describe("the tree of a trace", () => {
  it("is the way of the request, in the order of time", () => {
    expect(pathsOf(page)).toEqual([
      ["gateway", "productpage", "details"],
      ["gateway", "productpage", "reviews", "ratings"],
    ]);
  });

  it("counts a service once that reports both ends", () => {
    expect(pathsOf([span("1", undefined, "a", 1), span("2", "1", "a", 2), span("3", "2", "b", 3)])).toEqual([
      ["a", "b"],
    ]);
  });

  it("has a branch of its own for a span whose cause was not reported", () => {
    expect(pathsOf(page.filter(({ id }) => id !== "4"))).toEqual([["gateway", "productpage", "details"], ["ratings"]]);
  });

  it("shows who waited for whom, and for how long", () => {
    const lines = treeText(page).split("\n");
    expect(lines.map((line) => line.replace(/\s+/g, " ").trim())).toEqual([
      "TOOK BEGAN",
      "gateway gateway:9080/* 200 22.5 ms +0.0 ms",
      "└─ productpage productpage:9080/* 200 20.0 ms +1.0 ms",
      "├─ details details:9080/* 200 2.0 ms +2.0 ms",
      "└─ reviews reviews:9080/* 200 9.0 ms +5.0 ms",
      "└─ ratings ratings:9080/* 200 1.0 ms +6.0 ms",
    ]);
    // Columns line up.
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  it("has every span once, each under its cause, whatever comes in", () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{4}$/), { minLength: 1, maxLength: 20 });
    const spans = ids.chain((known) =>
      fc.tuple(
        ...known.map((id, index) =>
          // A cause comes before what it causes, or is not there at all.
          fc
            .tuple(fc.constantFrom(undefined, id, "not-reported", ...known.slice(0, index)), fc.nat(1000))
            .map(([parent, start]) => span(id, parent, id, start)),
        ),
      ),
    );
    const all = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...all(node.children)]);
    fc.assert(
      fc.property(spans, (some) => {
        const nodes = all(treesOf(some));
        expect(nodes.map(({ span: { id } }) => id).sort()).toEqual(some.map(({ id }) => id).sort());
        for (const { span: cause, children } of nodes) {
          for (const child of children) expect(child.span.parent).toBe(cause.id);
        }
      }),
    );
  });
});

describe("a request to be traced", () => {
  it("names its trace in both dialects, and asks for it to be kept", () => {
    const { id, headers } = tracedRequest();
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(headers.traceparent).toMatch(new RegExp(`^00-${id}-[0-9a-f]{16}-01$`));
    expect(headers).toMatchObject({ "x-b3-traceid": id, "x-b3-sampled": "1" });
    expect(tracedRequest().id).not.toBe(id);
  });

  it("speaks one dialect where one is asked for", () => {
    expect(Object.keys(tracedRequest(["b3"]).headers)).not.toContain("traceparent");
    expect(Object.keys(tracedRequest(["w3c"]).headers)).toEqual(["traceparent"]);
  });
});
