import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as instance from "../../testbed/instance";

describe("the testbeds of a machine", () => {
  let folder: string;
  const owner = (slot: number) => join(folder, "instances", String(slot), "owner.json");
  const takenBy = (slot: number, checkout: string, name = "local") => {
    mkdirSync(join(folder, "instances", String(slot)), { recursive: true });
    writeFileSync(owner(slot), JSON.stringify({ checkout, name }));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "instances-"));
    vi.stubEnv("MESH_CACHE", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it("belong to a checkout by their name", () => {
    expect(instance.findInstance("local")).toBeUndefined();
    const made = instance.claimInstance("local");
    expect(instance.claimInstance("local")).toEqual(made);
    expect(instance.findInstance("local")).toEqual(made);
    expect(instance.claimInstance("other").slot).not.toBe(made.slot);
    expect(JSON.parse(readFileSync(owner(made.slot), "utf8"))).toMatchObject({ name: "local" });
  });

  it("share no address, device or cgroup with those of another checkout", () => {
    takenBy(0, folder);
    const mine = instance.claimInstance("local");
    const others = { ...mine, ...Object.fromEntries(instance.abandonedInstances().map((each) => [each.slot, each])) };
    expect(mine.slot).toBe(1);
    expect([mine.nodeAddress, mine.hostAddress, mine.device, mine.cgroup]).toEqual([
      "10.250.1.2",
      "10.250.1.1",
      "testbed1",
      "mesh-testbed-1",
    ]);
    expect(others).not.toHaveProperty("0");
  });

  it("are refused when every slot is taken, naming who has them", () => {
    for (let slot = 0; slot < 8; slot++) takenBy(slot, join(folder, `checkout-${slot}`));
    expect(() => instance.claimInstance("local")).toThrow(/make down[\s\S]*checkout-0[\s\S]*checkout-7/);
  });

  it("are abandoned once their checkout is gone, or if they never had an owner", () => {
    takenBy(0, join(folder, "gone"));
    takenBy(1, folder);
    mkdirSync(join(folder, "instances", "2"));
    expect(instance.abandonedInstances().map(({ slot }) => slot)).toEqual([0, 2]);
  });
});
