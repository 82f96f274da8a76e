// A fresh clone of this checkout as it stands, to run the commands of the README in as a newcomer would.
import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { dump, load } from "js-yaml";
import { run } from "../../lib/run.ts";
import type { Endpoint } from "../../tools/mesh/page.ts";

const checkout = resolve(import.meta.dirname, "../..");

export interface Made {
  readonly exitCode: number;
  /** Standard output alone. */
  readonly stdout: string;
  /** All that was printed. */
  readonly output: string;
  readonly seconds: number;
}

type Config = Record<string, unknown>;

/** In milliseconds; most runs take half a minute. */
const SLOW = 240_000;

export class Clone {
  readonly folder: string;
  /** Environment variables for every command, on top of this process's own. */
  readonly env: NodeJS.ProcessEnv;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.env = env;
  }

  static async of(env: NodeJS.ProcessEnv = {}): Promise<Clone> {
    const folder = mkdtempSync(join(tmpdir(), "clone-"));
    const files = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: checkout });
    for (const file of files.split("\n")) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(checkout, file), join(folder, file), { preserveTimestamps: true });
    }
    symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
    return new Clone(folder, { ...env });
  }

  /** Runs `make` to its end, however that may be. */
  async make(...args: string[]): Promise<Made> {
    return this.start(...args).done;
  }

  /** Runs `make`, which has to end well. */
  async makeWell(...args: string[]): Promise<Made> {
    const made = await this.make(...args);
    if (made.exitCode !== 0) throw new Error(`make ${args.join(" ")} failed:\n${made.output}`);
    return made;
  }

  /** Starts `make` in a process group of its own, so that it can be killed with all that it has started. */
  start(...args: string[]): { process: ChildProcess; output: () => string; done: Promise<Made> } {
    const begin = Date.now();
    const child = spawn("make", args, {
      cwd: this.folder,
      detached: true,
      // What `make test` was given is not for the clone.
      env: { ...process.env, MAKEFLAGS: "", ARGS: "", STACK: "local", CONTEXT: "", ...this.env },
    });
    let stdout = "";
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    // A test that runs into its time limit says nothing of what it waited for.
    const slow = setTimeout(() => {
      console.log(`make ${args.join(" ")} is still running after ${SLOW / 60_000} min:\n${output.slice(-5000)}`);
    }, SLOW);
    const done = new Promise<Made>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        clearTimeout(slow);
        resolve({ exitCode: code ?? -1, stdout, output, seconds: (Date.now() - begin) / 1000 });
      });
    });
    return { process: child, output: () => output, done };
  }

  /** Runs the engine on the stack, which has to end well. */
  pulumi(args: string): Promise<Made> {
    return this.makeWell("-s", "pulumi", `ARGS=${args}`);
  }

  /** Changes the configuration in the file of a stack. */
  configure(edit: (config: Config) => Config, stack = "local"): void {
    const file = join(this.folder, `Pulumi.${stack}.yaml`);
    writeFileSync(file, dump({ config: edit(configOf(file)) }));
  }

  /** Of the cluster that the stack local runs on, as the tools have told the engine. */
  get kubeconfig(): string {
    const { kubeconfig } = configOf(join(this.folder, ".state/local/Pulumi.local.yaml"))["mesh:cluster"] as Config;
    return String(kubeconfig);
  }

  /** Where traffic enters the mesh. */
  async endpoint(): Promise<Endpoint> {
    const { hostname, port, pathname } = new URL((await this.makeWell("-s", "url")).stdout.trim());
    return { host: hostname, port: Number(port), path: pathname };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const configOf = (file: string): Config => (load(readFileSync(file, "utf8")) as { config: Config }).config;
