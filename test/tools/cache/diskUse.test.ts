import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cached } from "../../../lib/cache.ts";
import { inBytes } from "../../../lib/diskUse.ts";
import { sayDiskUse } from "../../../tools/cache/diskUse.ts";

let folder: string;
const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "disk-use-"));
  vi.stubEnv("MESH_CACHE", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it("a first build ends with what it took on the disk, and a run that builds nothing is silent", async () => {
  const megabyte = (path: string) => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "file"), "x".repeat(1e6));
    return Promise.resolve();
  };
  await cached("images/a.tar", megabyte);
  await sayDiskUse();
  expect(said).not.toHaveBeenCalled();

  await cached("programs/helm-0123456789ab", megabyte);
  await megabyte(join(folder, "go-build"));
  await sayDiskUse();
  expect(said.mock.calls.join("")).toBe(
    `${folder} now uses 3 MB, 1 MB of it what Go has compiled; \`make clean-cache\` frees what later runs do not need\n`,
  );
});

it.each([
  [0, "0 MB"],
  [119_600_000, "120 MB"],
  [2_648_000_000, "2.6 GB"],
])("%d bytes are said as %s", (bytes, words) => {
  expect(inBytes(bytes)).toBe(words);
});
