import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** The addresses of all modules that are loaded where modules of this checkout are, each named by its path in it. */
export function loadedBy(...modules: readonly string[]): string[] {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({ load: (url, context, next) => (loaded.add(url), next(url, context)) });
    for (const module of ${JSON.stringify(modules)}) await import(process.cwd() + "/" + module);
    console.log(JSON.stringify([...loaded]));
  `;
  const args = ["--input-type=module", "-e", program];
  const cwd = join(import.meta.dirname, "..");
  return JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: "utf8" })) as string[];
}
