import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as instance from "../../testbed/instance.ts";

describe("the testbeds of a machine", () => {
  let folder: string;
  const owner = (slot: number) => join(folder, "registry", String(slot), "owner.json");
  const takenBy = (slot: number, checkout: string, name = "local") => {
    mkdirSync(join(folder, "registry", String(slot)), { recursive: true });
    writeFileSync(owner(slot), JSON.stringify({ checkout, name, folder: join(folder, "data", String(slot)) }));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "instances-"));
    vi.stubEnv("MESH_CACHE", join(folder, "cache"));
    vi.stubEnv("MESH_REGISTRY", join(folder, "registry"));
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

  it("share no address, device or cgroup with one that somebody else has, from whatever cache", () => {
    takenBy(0, folder);
    const { slot, nodeAddress, hostAddress, device, cgroup } = instance.claimInstance("local");
    expect({ slot, nodeAddress, hostAddress, device, cgroup }).toEqual({
      slot: 1,
      nodeAddress: "10.250.1.2",
      hostAddress: "10.250.1.1",
      device: "testbed1",
      cgroup: "mesh-testbed-1",
    });
  });

  it("stay where they were made when the cache is another one later", () => {
    const made = instance.claimInstance("local");
    vi.stubEnv("MESH_CACHE", join(folder, "another"));
    expect(instance.findInstance("local")?.folder).toBe(made.folder);
  });

  it("give their slot back, and leave nothing", () => {
    const made = instance.claimInstance("local");
    instance.releaseSlot(made);
    expect(instance.findInstance("local")).toBeUndefined();
    expect(existsSync(join(folder, "registry"))).toBe(false);
  });

  it("are refused when every slot is taken, naming who has them", () => {
    for (let slot = 0; slot < 8; slot++) takenBy(slot, join(folder, `checkout-${slot}`));
    expect(() => instance.claimInstance("local")).toThrow(/make down[\s\S]*checkout-0[\s\S]*checkout-7/);
  });

  it("are abandoned once their checkout is gone, or if they never had an owner", () => {
    takenBy(0, join(folder, "gone"));
    takenBy(1, folder);
    for (const slot of ["2", "3"]) mkdirSync(join(folder, "registry", slot));
    const aMinuteAgo = Date.now() / 1000 - 60;
    utimesSync(join(folder, "registry", "2"), aMinuteAgo, aMinuteAgo);
    expect(instance.abandonedInstances().map(({ slot }) => slot)).toEqual([0, 2]);
  });
});
