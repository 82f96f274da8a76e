import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sleep } from "../../lib/process";

it("lets a tool end once all that it printed is read, however slowly", async () => {
  const length = 1_000_000;
  const program = `require("./tools/command").command(async () => { process.stdout.write("x".repeat(${length})); });`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", program], {
    cwd: join(__dirname, "../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  await sleep(1500);
  let read = 0;
  for await (const chunk of child.stdout) read += (chunk as Buffer).length;
  expect(read).toBe(length);
});
