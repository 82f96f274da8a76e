// The secrets of a stack on a disk that gets full anywhere, with the engine itself: what is accepted afterwards can be decrypted.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../../lib/run.ts";
import { withSecrets } from "../../tools/stack/withSecrets.ts";
import { checkout } from "../../tools/stack/checkout.ts";
import { stackFileCopy, writeStackFileCopy } from "../../tools/stack/stackFile.ts";
import { backendUrl, removeCutFiles } from "../../tools/stack/stackFolder.ts";
import { stateOf } from "../../tools/stack/state.ts";
import { rememberTarget } from "../../tools/stack/target.ts";
import { disk } from "../fullDisk.ts";

vi.mock("node:fs", async (original) => (await import("../fullDisk.ts")).onDisk(await original()));

const NAME = "dev";
/** Of each run, so many places where the disk is full. */
const LEVELS = 20;

/** Only root may mount one; without, what this process writes is counted, and the engine's own writes are not. */
const mounts = process.platform === "linux" && process.getuid?.() === 0;

let home: string;
let stack: StackOnDisk;

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
  stack = new StackOnDisk();
});
afterEach(() => {
  stack.remove();
});

/** Where nothing is used, no bytes at all would mean that there is no limit. */
const PAGE = 4096;

/** What the tools keep of a stack, on a small disk of its own. */
class StackOnDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "stack-"));
  readonly env = {
    PULUMI_HOME: home,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_BACKEND_URL: backendUrl(join(this.folder, "backend")),
  };

  constructor() {
    if (mounts) execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", this.folder]);
  }

  remove(): void {
    this.leaveRoom();
    if (mounts) execFileSync("umount", [this.folder]);
    rmSync(this.folder, { recursive: true });
  }

  /** Leaves so much room on the disk. */
  leaveRoom(bytes = Infinity): void {
    const size = bytes === Infinity ? 1024 * 1024 : this.#used() + PAGE + bytes;
    if (!mounts) disk.room = bytes;
    else execFileSync("mount", ["-o", `remount,size=${size}`, this.folder]);
  }

  #used(): number {
    const used = execFileSync("df", ["--block-size=1", "--output=used", this.folder]).toString();
    return Number(/(\d+)\s*$/.exec(used)?.[1]);
  }

  /** A run, up to where the engine can work on the stack. */
  async open(config: Record<string, unknown> = {}): Promise<Record<string, string>> {
    const { folder, env } = this;
    mkdirSync(join(folder, "backend"), { recursive: true });
    removeCutFiles(join(folder, "backend"));
    rememberTarget(folder, { kind: "testbed", name: NAME });
    const file = writeStackFileCopy(folder, NAME, { config, keys: {} }, {});
    return withSecrets({ name: NAME, folder, file, env });
  }

  /** Whether such a run fails. */
  async refuses(config?: Record<string, unknown>): Promise<boolean> {
    return this.open(config).then(
      () => false,
      () => true,
    );
  }

  /** What the engine makes of the generated secrets, which are hexadecimal. */
  async decrypted(opened: Record<string, string>): Promise<string[]> {
    const args = ["config", "--show-secrets", "--json", "--stack", NAME, "--config-file", this.copy];
    const all = await run("pulumi", args, { env: opened, cwd: checkout });
    return [...new Set(all.match(/\b[0-9a-f]{20,}\b/g))];
  }

  get copy(): string {
    return stackFileCopy(this.folder, NAME);
  }

  get passphrase(): string | undefined {
    const file = join(this.folder, "passphrase");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** All that was encrypted, and what with. */
  get ciphertexts(): string[] {
    return [...readFileSync(this.copy, "utf8").matchAll(/v1:[^\s"]+/g)].map(([text]) => text).sort();
  }
}

describe("a disk that gets full", () => {
  it("in the first run leaves nothing that is taken for whole later", async () => {
    const levels = Array.from({ length: LEVELS }, (_, level) => (mounts ? level * PAGE : level * 40));
    // The engine waits before it tries again to write: disks of their own can wait at once.
    const atOnce = mounts ? 5 : 1;
    const refused: boolean[] = [];
    for (let from = 0; from < LEVELS; from += atOnce) {
      refused.push(...(await Promise.all(levels.slice(from, from + atOnce).map(firstRun))));
    }
    // It was full at some, and at last it was not.
    const count = refused.filter(Boolean).length;
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(LEVELS);
  }, 600_000);

  /** @returns whether the disk was full */
  async function firstRun(room: number): Promise<boolean> {
    const one = new StackOnDisk();
    try {
      one.leaveRoom(room);
      const refused = await one.refuses();
      const before = one.passphrase;

      one.leaveRoom();
      const opened = await one.open();
      expect(one.passphrase).toMatch(/^[\w-]{32}$/);
      if (before !== undefined) {
        expect(one.passphrase, `room for ${room} bytes`).toBe(before);
        expect(await one.decrypted(opened), `room for ${room} bytes`).toHaveLength(2);
      }
      return refused;
    } finally {
      one.remove();
    }
  }

  it("in a later run loses none of the secrets", async () => {
    const opened = await stack.open();
    const [first, encrypted] = [stack.passphrase, stack.ciphertexts];
    expect(await stack.decrypted(opened)).toHaveLength(2);
    const long = { "mesh:traffic": Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`host-${i}`, {}])) };
    let refused = 0;
    for (let level = 0; level < LEVELS; level += 1) {
      stack.leaveRoom(level * 1024);
      if (await stack.refuses(long)) refused += 1;
      stack.leaveRoom();
      expect([stack.passphrase, stack.ciphertexts], `level ${level}`).toEqual([first, encrypted]);
      writeStackFileCopy(stack.folder, NAME, { config: {}, keys: {} }, {});
    }
    expect(refused).toBeGreaterThan(2);
    expect(refused).toBeLessThan(LEVELS);
  }, 600_000);
});

describe("a run after one that lost something", () => {
  it.each(["", "short"])("makes no other passphrase than %j, and says what to restore", async (left) => {
    await stack.open();
    writeFileSync(join(stack.folder, "passphrase"), left);
    await expect(stack.open()).rejects.toThrow(/passphrase is (empty|truncated), .* restore it from a backup/);
    expect(stack.passphrase).toBe(left);
  });

  it("makes no other passphrase where it is gone, though the copy of the stack file is gone too", async () => {
    await stack.open();
    rmSync(join(stack.folder, "passphrase"));
    await expect(stack.open()).rejects.toThrow(/passphrase does not exist, .* restore it from a backup/);
    rmSync(stack.copy);
    await expect(stack.open()).rejects.toThrow(/passphrase does not exist/);
    expect(existsSync(join(stack.folder, "passphrase"))).toBe(false);
  });

  it("reads the state, though the disk cut short what the engine noted beside it", async () => {
    const secrets = await stack.decrypted(await stack.open());
    const backend = join(stack.folder, "backend");
    writeFileSync(join(backend, ".pulumi/meta.yaml.attrs"), "");
    await expect(stateOf(NAME, stack.env)).rejects.toThrow("cannot be read");
    removeCutFiles(backend);
    expect(await stateOf(NAME, stack.env)).toHaveProperty("deployment");
    expect(await stack.decrypted(await stack.open())).toEqual(secrets);
  });

  it("takes the salt from the state, where the copy of the stack file has lost it", async () => {
    const secrets = await stack.decrypted(await stack.open());
    const file = stack.copy;
    const [text, encrypted] = [readFileSync(file, "utf8"), stack.ciphertexts];
    writeFileSync(file, text.replace(/^encryptionsalt: .*\n/m, ""));
    expect(await stack.decrypted(await stack.open())).toEqual(secrets);
    expect(stack.ciphertexts).toEqual(encrypted);
  });

  it("makes the secrets anew where the copy was removed, as its error says", async () => {
    const secrets = await stack.decrypted(await stack.open());
    const file = stack.copy;
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 40));
    await expect(stack.open()).rejects.toThrow(/dev\.yaml is truncated, .* restore it from a backup.*remove it/);
    rmSync(file);
    const anew = await stack.decrypted(await stack.open());
    expect(anew).toHaveLength(secrets.length);
    expect(anew).not.toEqual(secrets);
  });
});
