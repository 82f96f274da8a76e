import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sleep } from "../../lib/process";

it("prints all that was asked for into a pipe that is slow to read, before the process ends", async () => {
  const length = 1_000_000;
  const program = `require("./lib/progress").print("x".repeat(${length})).then(() => process.exit());`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", program], {
    cwd: join(__dirname, "../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  await sleep(1500);
  let read = 0;
  for await (const chunk of child.stdout) read += (chunk as Buffer).length;
  expect(read).toBe(length);
});
