// The secrets of a stack on a disk that gets full anywhere, with the engine itself: what is accepted afterwards can be decrypted.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../../../lib/run";
import { withSecrets } from "../../../tools/stack/withSecrets";
import { checkout } from "../../../tools/stack/checkout";
import { stackFileCopy, writeStackFileCopy } from "../../../tools/stack/stackFile";
import { backendUrl, removeCutFiles } from "../../../tools/stack/stackFolder";
import { stateOf } from "../../../tools/stack/state";
import { rememberTarget } from "../../../tools/stack/target";
import { disk } from "../../fullDisk";

vi.mock("node:fs", async (original) => (await import("../../fullDisk.js")).onDisk(await original()));

const NAME = "dev";
/** Of each run, so many places where the disk is full. */
const LEVELS = 20;

/** Only root may mount one; without, what this process writes is counted, and the engine's own writes are not. */
const mounts = process.platform === "linux" && process.getuid?.() === 0;

let folder: string;
let home: string;
let env: Record<string, string>;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "pulumi-home-"));
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", undefined);
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE_FILE", undefined);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stack-"));
  if (mounts) execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
  env = {
    PULUMI_HOME: home,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_BACKEND_URL: backendUrl(join(folder, "backend")),
  };
});
afterEach(() => {
  leaveRoom();
  if (mounts) execFileSync("umount", [folder]);
  rmSync(folder, { recursive: true });
});

/** Leaves so much room on the disk. */
function leaveRoom(bytes = Infinity): void {
  if (!mounts) disk.room = bytes;
  else
    execFileSync("mount", ["-o", `remount,size=${bytes === Infinity ? 1024 * 1024 : used() + PAGE + bytes}`, folder]);
}

/** Where nothing is used, no bytes at all would mean that there is no limit. */
const PAGE = 4096;

const used = (): number =>
  Number(/(\d+)\s*$/.exec(execFileSync("df", ["--block-size=1", "--output=used", folder]).toString())?.[1]);

/** A run, up to where the engine can work on the stack. */
async function open(config: Record<string, unknown> = {}): Promise<Record<string, string>> {
  mkdirSync(join(folder, "backend"), { recursive: true });
  removeCutFiles(join(folder, "backend"));
  rememberTarget(folder, { kind: "testbed", name: NAME });
  const file = writeStackFileCopy(folder, NAME, config, {});
  return withSecrets({ name: NAME, folder, file, env });
}

/** What the engine makes of the generated secrets, which are hexadecimal. */
async function decrypted(opened: Record<string, string>): Promise<string[]> {
  const args = ["config", "--show-secrets", "--json", "--stack", NAME, "--config-file", stackFileCopy(folder, NAME)];
  const all = await run("pulumi", args, { env: opened, cwd: checkout });
  return [...new Set(all.match(/\b[0-9a-f]{20,}\b/g))];
}

const passphrase = () => readFileSync(join(folder, "passphrase"), "utf8");
/** All that was encrypted, and what with. */
const ciphertexts = () =>
  [...readFileSync(stackFileCopy(folder, NAME), "utf8").matchAll(/v1:\S+/g)].join().split(",").sort();

describe("a disk that gets full", () => {
  it("in the first run leaves nothing that is taken for whole later", async () => {
    let refused = 0;
    for (let level = 0; level < LEVELS; level += 1) {
      for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
      leaveRoom(mounts ? level * PAGE : level * 40);
      if (
        await open().then(
          () => false,
          () => true,
        )
      )
        refused += 1;
      const before = existsSync(join(folder, "passphrase")) ? passphrase() : undefined;

      leaveRoom();
      const opened = await open();
      expect(passphrase()).toMatch(/^[\w-]{32}$/);
      if (before === undefined) continue;
      expect(passphrase(), `level ${level}`).toBe(before);
      expect(await decrypted(opened), `level ${level}`).toHaveLength(2);
    }
    // It was full at some, and at last it was not.
    expect(refused).toBeGreaterThan(5);
    expect(refused).toBeLessThan(LEVELS);
  }, 600_000);

  it("in a later run loses none of the secrets", async () => {
    const opened = await open();
    const [first, encrypted] = [passphrase(), ciphertexts()];
    expect(await decrypted(opened)).toHaveLength(2);
    const long = { "mesh:traffic": Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`host-${i}`, {}])) };
    let refused = 0;
    for (let level = 0; level < LEVELS; level += 1) {
      leaveRoom(level * 1024);
      if (
        await open(long).then(
          () => false,
          () => true,
        )
      )
        refused += 1;
      leaveRoom();
      expect([passphrase(), ciphertexts()], `level ${level}`).toEqual([first, encrypted]);
      writeStackFileCopy(folder, NAME, {}, {});
    }
    expect(refused).toBeGreaterThan(2);
    expect(refused).toBeLessThan(LEVELS);
  }, 600_000);
});

describe("a run after one that lost something", () => {
  it.each(["", "short"])("makes no other passphrase than %j, and says what to restore", async (left) => {
    await open();
    writeFileSync(join(folder, "passphrase"), left);
    await expect(open()).rejects.toThrow(/passphrase is (empty|cut short), and .* restore it from a backup/);
    expect(passphrase()).toBe(left);
  });

  it("makes no other passphrase where it is gone, though the copy of the stack file is gone too", async () => {
    await open();
    rmSync(join(folder, "passphrase"));
    await expect(open()).rejects.toThrow(/passphrase is not there, and .* restore it from a backup/);
    rmSync(stackFileCopy(folder, NAME));
    await expect(open()).rejects.toThrow(/passphrase is not there/);
    expect(existsSync(join(folder, "passphrase"))).toBe(false);
  });

  it("reads the state, though the disk cut short what the engine noted beside it", async () => {
    const secrets = await decrypted(await open());
    const backend = join(folder, "backend");
    writeFileSync(join(backend, ".pulumi/meta.yaml.attrs"), "");
    await expect(stateOf(NAME, env)).rejects.toThrow("cannot be read");
    removeCutFiles(backend);
    expect(await stateOf(NAME, env)).toHaveProperty("deployment");
    expect(await decrypted(await open())).toEqual(secrets);
  });

  it("takes the salt from the state, where the copy of the stack file has lost it", async () => {
    const secrets = await decrypted(await open());
    const file = stackFileCopy(folder, NAME);
    const [text, encrypted] = [readFileSync(file, "utf8"), ciphertexts()];
    writeFileSync(file, text.replace(/^encryptionsalt: .*\n/m, ""));
    expect(await decrypted(await open())).toEqual(secrets);
    expect(ciphertexts()).toEqual(encrypted);
  });

  it("makes the secrets anew where the copy was removed, as its error says", async () => {
    const secrets = await decrypted(await open());
    const file = stackFileCopy(folder, NAME);
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 40));
    await expect(open()).rejects.toThrow(/dev\.yaml is cut short, .* restore it from a backup.*remove it/);
    rmSync(file);
    const anew = await decrypted(await open());
    expect(anew).toHaveLength(secrets.length);
    expect(anew).not.toEqual(secrets);
  });
});
