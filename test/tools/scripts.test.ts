// The scripts before there is a Node of ours: what they say where the machine is not what they need.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const checkout = resolve(import.meta.dirname, "../..");
const scripts = ["tools/run", "bin/mesh-check"];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scripts-"));
  program("v18.20.4", "echo v18.20.4");
  // Everything that the scripts use but Node and npm.
  mkdirSync(join(folder, "none"));
  for (const name of ["sh", "dirname", "readlink", "cksum", "tr", "sed", "find", "head", "mkdir", "id"]) {
    const { stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    symlinkSync(stdout.trim(), join(folder, "none", name));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A folder for PATH with a Node that only says its version. */
function program(name: string, line: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "node"), `#!/bin/sh\n${line}\n`);
  chmodSync(join(folder, name, "node"), 0o755);
}

function run(script: string, env: NodeJS.ProcessEnv): { exitCode: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(join(checkout, script), ["--version"], {
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
  });
  return { exitCode: status, output: `${stdout}${stderr}` };
}

describe.each(scripts)("%s", (script) => {
  it("asks for MESH_CACHE where no home is set", () => {
    const { exitCode, output } = run(script, {});
    expect(exitCode).toBe(2);
    expect(output).toBe(
      "HOME is not set, so that downloads have no place: name a folder for them in MESH_CACHE, and run this again\n",
    );
  });
});

describe("tools/run", () => {
  it.each([
    ["HOME", "/dev/null"],
    ["XDG_CACHE_HOME", "/dev/null/cache"],
    ["MESH_CACHE", "/dev/null/mesh"],
  ])("asks for another MESH_CACHE where %s cannot be written", (name, value) => {
    const { exitCode, output } = run("tools/run", { [name]: value });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^the folder \/dev\/null\S+, for downloads, cannot be written: name another .*MESH_CACHE/);
    expect(output.trim().split("\n")).toHaveLength(1);
  });

  it("refuses what MESH_CACHE_FROM names where that is no archive, and does nothing else", () => {
    writeFileSync(join(folder, "notes.tar"), "notes");
    const cache = join(folder, "cache");
    const env = { MESH_CACHE: cache, MESH_CACHE_FROM: join(folder, "notes.tar") };
    const { exitCode, output } = run("tools/run", env);
    expect([exitCode, output]).toEqual([
      1,
      expect.stringMatching(/^MESH_CACHE_FROM: \S+notes\.tar cannot be unpacked .*; nothing was imported\. .*\n$/),
    ]);
    expect(readdirSync(cache)).toEqual([]);
  });

  it("says what brings Node and npm where they are missing", () => {
    const { exitCode, output } = run("tools/run", { PATH: join(folder, "none"), MESH_CACHE: folder });
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/not on PATH: install Node 24 .*\n$/)]);
  });
});

describe("bin/mesh-check", () => {
  it("says which Node it needs where that on PATH is too old, or missing", () => {
    const old = { PATH: [join(folder, "v18.20.4"), process.env.PATH].join(delimiter), MESH_CACHE: folder };
    const needs = "mesh-check needs Node 20 or newer, and on PATH is";
    const install = "install Node 24 (https://nodejs.org)\n";
    expect(run("bin/mesh-check", old)).toEqual({ exitCode: 2, output: `${needs} Node 18: ${install}` });
    const none = { PATH: join(folder, "none"), MESH_CACHE: folder };
    expect(run("bin/mesh-check", none)).toEqual({ exitCode: 2, output: `${needs} none: ${install}` });
  });
});
