import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimPidFile, endProcess, readPidFile, until, writePidFile } from "../../lib/process.ts";
import { isRunning } from "../../lib/running.ts";

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

describe("what only one process may have", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "claim-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(["", "4194305 1\n", "not a process"])(
    "is had by one after the other, though %j was left there",
    async (left) => {
      const [file, log] = [join(folder, "turn.pid"), join(folder, "log")];
      writeFileSync(file, left);
      writeFileSync(log, "");
      // Each notes when it comes and when it goes.
      const script = `
      import { claimPidFile, sleep } from ${JSON.stringify(resolve(import.meta.dirname, "../../lib/process.ts"))};
      import { appendFileSync, rmSync } from "node:fs";
      const [, file, log] = process.argv;
      while ((await claimPidFile(file)) !== undefined) await sleep(1);
      appendFileSync(log, "in\\n");
      await sleep(20);
      appendFileSync(log, "out\\n");
      rmSync(file);`;
      const args = ["--input-type=module", "-e", script, file, log];
      const ends = Array.from({ length: 6 }, () => once(spawn(process.execPath, args, { stdio: "inherit" }), "exit"));
      expect((await Promise.all(ends)).map(([code]) => code as number)).toEqual([0, 0, 0, 0, 0, 0]);
      expect(readFileSync(log, "utf8")).toBe("in\nout\n".repeat(6));
      expect(readdirSync(folder)).toEqual(["log"]);
    },
  );

  it("is had by whoever runs, and by this process however often it asks", async () => {
    const file = join(folder, "held.pid");
    writePidFile(file, process.ppid);
    expect(await claimPidFile(file)).toBe(process.ppid);
    rmSync(file);
    expect([await claimPidFile(file), await claimPidFile(file)]).toEqual([undefined, undefined]);
    expect(readPidFile(file)).toBe(process.pid);
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
