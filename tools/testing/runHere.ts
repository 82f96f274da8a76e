import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkout } from "../stack/checkout.ts";

/**
 * Runs a program of the packages in this checkout, with its output on ours.
 * @throws Error where it ends with another code than 0
 */
export function runHere(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const path = join(checkout, "node_modules/.bin", program);
  const child = spawn(path, args, { cwd: checkout, env: { ...process.env, ...env }, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} found problems: see above`));
    });
  });
}
