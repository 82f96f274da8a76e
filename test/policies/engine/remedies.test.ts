import { Secret, unknownCheckingProxy } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { applyRemedies } from "../../../policies/engine/remedies.ts";
import { unknown } from "../judge.ts";

describe("a remedy", () => {
  it("makes the places that are missing", () => {
    const properties = { a: 1 };
    expect(applyRemedies(properties, [{ path: ["b", "c"], value: 2 }])).toEqual({ a: 1, b: { c: 2 } });
  });

  it("replaces what is there, and leaves what is beside it", () => {
    expect(applyRemedies({ a: { b: 1, c: 2 } }, [{ path: ["a", "b"], value: 3 }])).toEqual({ a: { b: 3, c: 2 } });
  });

  it("is nothing where nothing is to be done", () => {
    expect(applyRemedies({ a: 1 }, [])).toBeUndefined();
  });

  it("stays out of secrets", () => {
    const properties = { a: new Secret({ b: 1 }) };
    expect(applyRemedies(properties, [{ path: ["a", "b"], value: 2 }])).toBeUndefined();
    expect(properties.a.value).toEqual({ b: 1 });
  });

  it("waits for a place that is not known yet", () => {
    const properties = unknownCheckingProxy({ a: unknown.object as unknown as Record<string, unknown> });
    expect(() => applyRemedies(properties, [{ path: ["a", "b"], value: 2 }])).toThrow("can't be known during preview");
  });
});
