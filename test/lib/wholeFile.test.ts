import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { disk } from "../fullDisk.ts";
import { writeWhole } from "../../lib/wholeFile.ts";

vi.mock("node:fs", async (original) => (await import("../fullDisk.ts")).onDisk(await original()));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whole-"));
});
afterEach(() => {
  disk.room = Infinity;
  rmSync(folder, { recursive: true });
});

describe("a file that is written whole", () => {
  it("is for its owner's eyes, unless it is said otherwise", () => {
    writeWhole(join(folder, "secret"), "x");
    writeWhole(join(folder, "program"), "x", { mode: 0o755 });
    expect(["secret", "program"].map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o755]);
  });

  it("is the old one or the new one, wherever the disk gets full, and leaves nothing beside it", () => {
    const file = join(folder, "state");
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: "grapheme" }), fc.nat(50), (before, after, room) => {
        disk.room = Infinity;
        writeWhole(file, before);
        disk.room = room;
        const fits = Buffer.byteLength(after) <= room;
        const write = () => {
          writeWhole(file, after);
        };
        if (fits) write();
        else expect(write).toThrow(expect.objectContaining({ code: "ENOSPC", path: file }));
        expect(readFileSync(file, "utf8")).toBe(fits ? after : before);
        expect(readdirSync(folder)).toEqual(["state"]);
      }),
    );
  });

  it("is not there where the disk was full the first time", () => {
    for (const room of [0, 1, 4]) {
      disk.room = room;
      expect(() => {
        writeWhole(join(folder, "state"), "whole");
      }).toThrow("ENOSPC");
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it("stays what it was when its writer is killed, of which the next one leaves no trace", () => {
    const file = join(folder, "state");
    writeFileSync(file, "before");
    // The writer is killed at the moment when the whole draft would get its name.
    const script = `
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      fs.renameSync = () => process.kill(process.pid, "SIGKILL");
      syncBuiltinESMExports();
      const { writeWhole } = await import(${JSON.stringify(resolve(import.meta.dirname, "../../lib/wholeFile.ts"))});
      writeWhole(${JSON.stringify(file)}, "after");`;
    const { signal } = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
    expect(signal).toBe("SIGKILL");
    expect(readFileSync(file, "utf8")).toBe("before");
    expect(readdirSync(folder)).toHaveLength(2);
    writeWhole(file, "after");
    expect(readdirSync(folder)).toEqual(["state"]);
  });

  it("leaves alone what another process is writing just now, and what only looks like a draft of it", () => {
    const others = [
      `state.new-${process.ppid}`,
      `state.new-${process.ppid}.new-${process.ppid}`,
      "states",
      "stat.new-1",
    ];
    for (const name of others) writeFileSync(join(folder, name), "");
    writeWhole(join(folder, "state"), "x");
    expect(readdirSync(folder).sort()).toEqual(["state", ...others].sort());
  });

  it("is whole for whoever reads it while many write it", () => {
    const file = join(folder, "state");
    const library = JSON.stringify(resolve(import.meta.dirname, "../../lib/wholeFile.ts"));
    const script = `import { writeWhole } from ${library};
      for (let i = 0; i < 30; i += 1) writeWhole(process.argv[1], String(process.pid % 10).repeat(20000));`;
    const line = `for i in 1 2 3; do "$0" --input-type=module -e "$1" "$2" & done; wait`;
    writeWhole(file, "0".repeat(20_000));
    const run = execFileSync("sh", ["-c", `${line}; cat "$2"`, process.execPath, script, file]);
    expect(run.toString()).toMatch(/^(\d)\1{19999}$/);
    expect(readdirSync(folder)).toEqual(["state"]);
  });
});
