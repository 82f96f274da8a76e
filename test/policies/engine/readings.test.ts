import { describe, expect, it } from "vitest";
import { Readings } from "../../../policies/engine/readings.ts";

/** Properties that count how often they are read. */
function counted() {
  let reads = 0;
  const properties = {
    get name() {
      reads++;
      return `read ${reads}`;
    },
  };
  return { properties, reads: () => reads };
}

describe("what the engine shows to policy after policy", () => {
  it("is read once for all of them", () => {
    const { properties, reads } = counted();
    const readings = new Readings();
    for (const position of [0, 1, 5]) expect(readings.read(position, "urn", properties)).toEqual({ name: "read 1" });
    expect(reads()).toBe(1);
  });

  it("is read again when the first of them is asked again", () => {
    const { properties } = counted();
    const readings = new Readings();
    for (const position of [2, 3]) readings.read(position, "urn", properties);
    expect(readings.read(2, "urn", properties)).toEqual({ name: "read 2" });
    expect(readings.read(3, "urn", properties)).toEqual({ name: "read 2" });
    expect(readings.of("urn")).toEqual({ name: "read 2" });
  });

  it("is another thing for another resource", () => {
    const readings = new Readings();
    readings.read(0, "one", { a: 1 });
    expect(readings.read(1, "two", { a: 2 })).toEqual({ a: 2 });
    expect(readings.of("three")).toBeUndefined();
  });
});
