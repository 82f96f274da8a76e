import { describe, expect, it } from "vitest";
import { isCelExpression } from "../../istio/cel";

describe("expressions in CEL", () => {
  it.each([
    "response.code >= 400",
    "response.code >= 400 || (xds.cluster_name == 'BlackHoleCluster' && !has(request.headers['x-debug']))",
    "request.path.startsWith('/api') ? true : connection.mtls",
    "anything.there(is) in ['a', 1u, 2.5]",
  ])("%s is one", (text) => {
    expect(isCelExpression(text)).toBe(true);
  });

  it.each(["", ")", "response.code >=", "response.code => 400", "a b", "'a"])("%s is none", (text) => {
    expect(isCelExpression(text)).toBe(false);
  });
});
