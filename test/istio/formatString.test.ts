import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOperators, type FormatPlace } from "../../istio/formatOperators.ts";
import { formatProblems } from "../../istio/formatString.ts";
import { didYouMean } from "../../lib/schema/problems.ts";

const problems = (text: string, place: FormatPlace = "header") => [...formatProblems(text, place, didYouMean)];

describe("a text with Envoy's variables", () => {
  it.each([
    "plain",
    "",
    "100%% of %%PROTOCOL%%",
    "%REQ(x-a?:path):12% by %PROTOCOL%",
    "%START_TIME(%Y/%m/%dT%H:%M:%S%z)%",
    "%REQ(x-a):18446744073709551615%",
    "%FILTER_STATE(key:FIELD:name)%",
    "%CEL(request.url_path.contains('v1'))%",
    '%COALESCE({"operators": ["PROTOCOL", {"command": "REQ", "param": ":authority", "max_length": 3}]}):9%',
  ])("is taken: %s", (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([...formatOperators].map(([name, { example, only = "header" }]) => [name, example, only] as const))(
    "is taken with the example of %s",
    (_name, example, place) => {
      expect(problems(example, place)).toEqual([]);
    },
  );

  it.each([
    [
      "%DOWNSTREAM_REMOTE_ADRESS%",
      "has a variable that Envoy does not know; did you mean %DOWNSTREAM_REMOTE_ADDRESS%?",
    ],
    ["%REQUEST_HEADR(x-a)%", "has a variable that Envoy does not know; did you mean %REQUEST_HEADER(x-request-id)%?"],
    [
      "%NOTHING_LIKE_IT%",
      "has a variable that Envoy does not know; see https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter, and write %% for a percent sign",
    ],
    ["%REQ()%", "has REQ without its argument; write it as in %REQ(x-request-id)%"],
    ["%PROTOCOL:3%", "has PROTOCOL with an argument or a length, and it takes neither; write it as in %PROTOCOL%"],
    ["%GRPC_STATUS:3%", "has GRPC_STATUS with a length, and it takes none; write it as in %GRPC_STATUS%"],
    [
      "%REQ(a?b?c)%",
      "has REQ with an argument that names more than one header to take instead; write it as in %REQ(x-request-id)%",
    ],
    [
      "%METADATA(route:a)%",
      "has METADATA with an argument that begins with none of DYNAMIC, CLUSTER, ROUTE, UPSTREAM_HOST, LISTENER, LISTENER_FILTER_CHAIN, VIRTUAL_HOST; write it as in %METADATA(ROUTE:com.example.filter:key)%",
    ],
    ["%REQ(x-a):18446744073709551616%", "cuts REQ to a length that is too large"],
    [
      "%protocol%",
      "has a percent sign that begins no whole variable: write %% for the sign itself, and a variable as in %PROTOCOL%",
    ],
    [
      "50% off",
      "has a percent sign that begins no whole variable: write %% for the sign itself, and a variable as in %PROTOCOL% or %REQ(x-request-id)%",
    ],
  ])("is refused: %s", (text, words) => {
    expect(problems(text)).toEqual([words]);
  });

  it("is told of each variable that is wrong", () => {
    expect(problems("%REQ% %PROTOCOL% %FOO_BAR_BAZ% %")).toHaveLength(3);
  });

  it.each([
    ["REQ_WITHOUT_QUERY", "access log"],
    ["PER_REQUEST_STATE", "header"],
  ] as const)("takes %s in one place only: %s", (name, place) => {
    const example = formatOperators.get(name)?.example ?? "";
    expect(problems(example, place)).toEqual([]);
    expect(problems(example, place === "header" ? "access log" : "header")).toHaveLength(1);
    const inside = JSON.stringify({ operators: [{ command: name, param: "a" }] });
    expect(problems(`%COALESCE(${inside})%`, place)).toHaveLength(1);
  });

  it("takes any text whose percent signs are doubled", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(problems(text.replaceAll("%", "%%"))).toEqual([]);
      }),
    );
  });

  it("is read to its end, whatever is in it, and is never quoted", () => {
    const piece = fc.oneof(
      fc.constantFrom("%", "%%", "(", ")", ":3", "?", '"', "[", "]", ...formatOperators.keys()),
      fc.constant("s3cret"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(problems(pieces.join("")).join()).not.toContain("s3cret");
      }),
    );
  });
});
