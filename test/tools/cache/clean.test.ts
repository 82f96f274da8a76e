import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cleanCache } from "../../../tools/cache/clean.ts";

const NEEDED = "programs/helm-0123456789ab";
const OLDER = "programs/helm-999999999999";
/** Above the highest process id that Linux gives. */
const GONE = 2 ** 22 + 1;

describe("what make clean-cache frees", () => {
  let folder: string;
  const at = (...path: string[]) => join(folder, "cache", ...path);
  const put = (...names: string[]) => {
    for (const name of names) {
      fs.mkdirSync(dirname(at(name, "file")), { recursive: true });
      fs.writeFileSync(at(name, "file"), "x".repeat(5000));
    }
  };
  const isThere = (...names: string[]) => names.map((name) => fs.existsSync(at(name)));

  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), "clean-"));
    vi.stubEnv("MESH_CACHE", at());
    vi.stubEnv("MESH_REGISTRY", join(folder, "registry"));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("is what other versions have left, and what comes back by itself", async () => {
    const gone = [
      OLDER,
      "go-build",
      "compiled",
      "stand-ins/0123456789ab",
      "pulumi-home/logs",
      "node-20.0.0",
      `debian.partial-${GONE}`,
    ];
    const stays = [NEEDED, "unreachable", `${OLDER}.partial-${process.ppid}`];
    put(...gone, ...stays);
    const { parts, freed, left } = await cleanCache([NEEDED]);
    expect(isThere(...gone)).toEqual(gone.map(() => false));
    expect(isThere(...stays)).toEqual(stays.map(() => true));
    expect(parts.map(({ name }) => name)).toEqual([
      ...["left incomplete by interrupted runs", "programs", "Go's compile cache", "translated modules and logs"],
      "packages, charts and the rest",
    ]);
    for (const size of [freed, left]) expect(size).toBeGreaterThan(4 * 5000);
  });

  it("is everything with --all", async () => {
    put(NEEDED, "stand-ins/0123456789ab", "unreachable", "images/proxy-0123456789ab.tar");
    const { left } = await cleanCache([NEEDED], true);
    expect(left).toBe(0);
    expect(fs.readdirSync(at())).toEqual([]);
  });

  it("is never what a testbed has, nor what a process runs from", async () => {
    put("instances/0", "instances/1", "debian", OLDER);
    fs.mkdirSync(join(folder, "registry/0"), { recursive: true });
    fs.writeFileSync(
      join(folder, "registry/0/owner.json"),
      JSON.stringify({ checkout: "/", name: "local", folder: at("instances/0") }),
    );
    fs.copyFileSync("/bin/sleep", at(OLDER, "sleep"));
    fs.chmodSync(at(OLDER, "sleep"), 0o755);
    const program = spawn(at(OLDER, "sleep"), ["60"]);
    await once(program, "spawn");
    await cleanCache([], true);
    program.kill();
    expect(isThere("instances/0", "instances/1", "debian", OLDER)).toEqual([true, false, false, true]);
  });

  it("is never what somebody else keeps there", async () => {
    put("thesis", "programs/mine", "images/holiday.tar", "go", "thesis.partial-1");
    await cleanCache([], true);
    expect(isThere("thesis", "programs/mine", "images/holiday.tar", "go", "thesis.partial-1")).not.toContain(false);
  });
});
