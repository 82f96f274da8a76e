// The least that the engine can do: a program that declares nothing.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../lib/run.ts";
import { engine } from "../programs/programs.ts";
import { checkout } from "../stack/checkout.ts";

export interface EmptyStack {
  /** @param args further ones of `pulumi up` */
  up(...args: string[]): Promise<unknown>;
  /** @param args further ones of `pulumi preview` */
  preview(...args: string[]): Promise<unknown>;
  remove(): void;
}

/** A project of its own with an empty program, beside the checkout's packages. */
export async function emptyStack(): Promise<EmptyStack> {
  const folder = mkdtempSync(join(tmpdir(), "empty-"));
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
  writeFileSync(join(folder, "index.js"), "");
  writeFileSync(join(folder, "package.json"), "{}");
  const { env: programs } = await engine();
  const env = { ...programs, PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_CONFIG_PASSPHRASE: "empty" };
  const pulumi = (...args: string[]) => run("pulumi", [...args, "--non-interactive"], { cwd: folder, env });
  await pulumi("stack", "init", "empty");
  return {
    up: (...args) => pulumi("up", "--yes", "--skip-preview", ...args),
    preview: (...args) => pulumi("preview", ...args),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
