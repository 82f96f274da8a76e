import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endProcess, readPidFile, until, writePidFile } from "../../lib/process";
import { isRunning } from "../../lib/running";

describe("a process remembered in a file", () => {
  let folder: string;
  const file = () => join(folder, "some.pid");
  const sleeper = (script = "sleep 60") => spawn("sh", ["-c", script], { stdio: "ignore" }).pid ?? NaN;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "process-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("is found while it runs, and is gone once it has been ended", async () => {
    const pid = sleeper();
    writePidFile(file(), pid);
    expect(readPidFile(file())).toBe(pid);
    await endProcess(file());
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(file())).toBe(false);
  });

  it("is not mistaken for another one of the same id", async () => {
    const pid = sleeper();
    writePidFile(file(), pid);
    const [, start = ""] = readFileSync(file(), "utf8").trim().split(" ");
    writeFileSync(file(), `${pid} ${Number(start) - 1}\n`);
    expect(readPidFile(file())).toBeUndefined();
    await endProcess(file());
    expect(isRunning(pid)).toBe(true);
    process.kill(pid);
  });

  it("is killed when it does not heed the signal", async () => {
    const pid = sleeper("trap '' TERM; while :; do sleep 1; done");
    writePidFile(file(), pid);
    await until("the trap", 5, () => /SigIgn:\t\w*[4-7c-f]\w{3}$/m.test(readFileSync(`/proc/${pid}/status`, "utf8")));
    await endProcess(file(), "SIGTERM", 200);
    expect(isRunning(pid)).toBe(false);
  });
});

describe("until", () => {
  it("returns the first answer", async () => {
    let asked = 0;
    expect(await until("three", 5, () => (++asked === 3 ? "three" : undefined), 1)).toBe("three");
  });

  it("says what it waited for", async () => {
    await expect(until("the moon", 0.05, () => undefined, 1)).rejects.toThrow("the moon");
  });
});
