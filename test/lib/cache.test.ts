import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as cache from "../../lib/cache.ts";

describe("the cache", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cache-"));
    vi.stubEnv("MESH_CACHE", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is the user's own where the variables that choose another are empty", () => {
    vi.stubEnv("MESH_CACHE", "");
    vi.stubEnv("XDG_CACHE_HOME", "");
    expect(cache.cacheFolder()).toBe(join(homedir(), ".cache/mesh-testbed"));
  });

  it("makes an entry once", async () => {
    const make = vi.fn((target: string) => {
      writeFileSync(target, "made");
      return Promise.resolve();
    });
    const entry = await cache.cached("images/a.tar", make);
    expect(await cache.cached("images/a.tar", make)).toBe(entry);
    expect(readFileSync(entry, "utf8")).toBe("made");
    expect(make).toHaveBeenCalledTimes(1);
  });

  it("never takes a half-made entry for a whole one", async () => {
    const interrupted = cache.cached("a", (target) => {
      writeFileSync(target, "half");
      return Promise.reject(new Error("interrupted"));
    });
    await expect(interrupted).rejects.toThrow("interrupted");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("removes what a run that was killed left of the entry, and nothing of one that still works", async () => {
    const gone = 2 ** 22 + 1; // Above the highest process id that Linux gives.
    for (const name of [
      ...[`a.partial-${gone}`, `a.partial-${process.ppid}`, `a.partial-${process.ppid}-work`, `b.partial-${gone}`],
    ]) {
      mkdirSync(join(folder, name));
    }
    await cache.cached("a", (target) => {
      writeFileSync(target, "");
      return Promise.resolve();
    });
    const others = [`a.partial-${process.ppid}`, `a.partial-${process.ppid}-work`, `b.partial-${gone}`];
    expect(readdirSync(folder).sort()).toEqual(["a", ...others]);
  });

  it("keys what is made by all that it is made from, and by where one part ends", () => {
    expect(cache.keyOf("ab", "c")).toBe(cache.keyOf("ab", "c"));
    expect(cache.keyOf("ab", "c")).not.toBe(cache.keyOf("a", "bc"));
    expect(cache.keyOf("ab", "c")).not.toBe(cache.keyOf("ab", "d"));
  });
});
