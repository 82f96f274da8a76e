import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sleep } from "../../lib/process.ts";

it("lets a tool choose its exit code", () => {
  const program = `
    import { command } from "./tools/command.ts";
    command(async () => { process.exitCode = 2; });`;
  const args = ["--input-type=module", "-e", program];
  expect(spawnSync(process.execPath, args, { cwd: join(import.meta.dirname, "../..") }).status).toBe(2);
});

it("lets a tool end once all that it printed is read, however slowly", async () => {
  const length = 1_000_000;
  const program = `
    import { command } from "./tools/command.ts";
    command(async () => { process.stdout.write("x".repeat(${length})); });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  await sleep(1500);
  let read = 0;
  for await (const chunk of child.stdout) read += (chunk as Buffer).length;
  expect(read).toBe(length);
});
