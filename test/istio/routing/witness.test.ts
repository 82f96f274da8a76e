import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mismatch } from "../../../istio/routing/httpMatch.ts";
import type { Request } from "../../../istio/routing/request.ts";
import { sampleOf } from "../../../istio/routing/sampleOf.ts";
import { compiled } from "../../../istio/routing/stringMatch.ts";
import { nearMisses, witness } from "../../../istio/routing/witness.ts";
import { ruleSets } from "../../e2e/simulator/ruleSets.ts";

const pod = {
  kind: "Pod",
  namespace: "shop",
  name: "cart",
  labels: {},
  serviceAccount: "cart",
  isInMesh: true,
  isGateway: false,
};
const base: Request = { from: { pod }, scheme: "http", host: "r00", port: 8080, method: "GET", path: "/", headers: {} };

describe("a request for a condition", () => {
  const matches = ruleSets(60, 3).flatMap((set) => set.matches);

  it("is taken by it, and its near misses are not", () => {
    let found = 0;
    for (const match of matches) {
      const request = witness(match, base);
      if (request === undefined) continue;
      found += 1;
      expect(mismatch(match, request), JSON.stringify(match)).toBeUndefined();
      for (const near of nearMisses(match, base)) expect(mismatch(match, near), JSON.stringify(match)).toBeDefined();
    }
    expect(found).toBeGreaterThan(matches.length * 0.9);
  });

  it("names a claim of a token", () => {
    const match = { headers: { "@request.auth.claims[org][group]": { exact: "ops" } } };
    const request = witness(match, base);
    expect(request?.claims).toEqual({ "org.group": "ops" });
    expect(mismatch(match, base)).toBe("headers.@request.auth.claims[org][group]");
  });
});

describe("a text for an expression", () => {
  it.each([
    "/a/[0-9]+",
    ".*[.]html",
    "^(.*?; )?(user=jason)(;.*)?$",
    "(?i)abc|def",
    "[^/]+/x{2,3}",
    "\\d{3}-\\w+",
    "v[12]?",
    "(a|b)*c",
    "(?:.*;\\s*)?group=beta(?:\\s*;.*)?",
    "[^/]+\\.html?",
    "(?P<name>\\w+)-x",
    "[\\w.]+@example\\.com",
    "(?i)jason",
    "",
  ])("fits %s", (expression) => {
    const text = sampleOf(expression);
    expect(text).toBeDefined();
    expect(compiled(expression).matches(text ?? "")).toBe(true);
  });

  it("is none where none was found", () => {
    expect(sampleOf("a\\bb")).toBeUndefined();
  });

  it("fits whatever expression has one", () => {
    const part = fc.constantFrom("a", "[0-9]", "(x|y)", ".", "\\.", "(?:b{2})", "(?:c)");
    const expression = fc.array(fc.tuple(part, fc.constantFrom("", "?", "*", "+")), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(expression, (parts) => {
        const text = parts.flat().join("");
        expect(compiled(text).matches(sampleOf(text) ?? "none")).toBe(true);
      }),
    );
  });
});
