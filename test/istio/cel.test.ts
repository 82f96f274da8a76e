import { describe, expect, it } from "vitest";
import { celProblem, isCelExpression } from "../../istio/cel.ts";

describe("expressions in CEL", () => {
  it.each([
    "response.code >= 400",
    "response.code >= 400 || (xds.cluster_name == 'BlackHoleCluster' && !has(request.headers))",
    "request.path.startsWith('/api') ? true : connection.mtls",
    "anything.there(is) in ['a', 1u, 2.5]",
  ])("%s is one", (text) => {
    expect(isCelExpression(text)).toBe(true);
  });

  it.each(["", ")", "response.code >=", "has(request.headers['x-debug'])", "response.code => 400", "a b", "'a"])(
    "%s is none",
    (text) => {
      expect(isCelExpression(text)).toBe(false);
    },
  );

  it.each([
    "response.code >= 400 || has(request.headers.debug)",
    "request.path.startsWith('/api') && request.time.getHours('UTC') > 7",
    "re.extract(request.path, '/(.*)', 'x') == size(connection.id) ? 1 : int('2')",
  ])("%s is one that Envoy takes", (text) => {
    expect(celProblem(text)).toBeUndefined();
  });

  it.each([
    ["response.code >", "is no expression in CEL"],
    ["string(response.code) == '400'", "calls a function that Envoy does not have"],
    ["!{'a': [request.path.lowerAscii()]}['a']", "calls a function that Envoy does not have"],
    ["request.path.contains('a', 'b')", "calls a function that Envoy does not have"],
    ["request.headers.exists(name, name == 'a')", "goes through a list, which Envoy does not do"],
  ])("%s is none that Envoy takes", (text, words) => {
    expect(celProblem(text)).toBe(words);
  });
});
