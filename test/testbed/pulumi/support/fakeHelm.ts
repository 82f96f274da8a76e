import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildSync } from "esbuild";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";

/** What a command of helm does. */
export interface Behavior {
  /** The state in which it leaves a new revision; without one it leaves none. */
  readonly status?: "deployed" | "failed";
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** It waits, with a revision that is pending, until it is told to end. */
  readonly waits?: boolean;
}

export interface HelmPlan {
  readonly install?: Behavior;
  readonly upgrade?: Behavior;
  readonly uninstall?: Behavior;
  readonly show?: Behavior;
  readonly repo?: Behavior;
  readonly manifest?: string;
  readonly chart?: Fields;
}

/** How helm was called: its arguments, the content and modes of the files that they name, and its cache. */
export interface HelmCall {
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly modes: readonly string[];
  /** Where it is to keep what it learns of the API. */
  readonly cache: string;
}

/** An executable `helm` for PATH. */
export class FakeHelm {
  readonly folder = mkdtempSync(join(tmpdir(), "fake-helm-"));

  constructor() {
    const program = join(this.folder, "program.cjs");
    buildSync({
      entryPoints: [join(import.meta.dirname, "fakeHelmProgram.ts")],
      bundle: true,
      platform: "node",
      outfile: program,
    });
    const executable = join(this.folder, "helm");
    writeFileSync(executable, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
    chmodSync(executable, 0o755);
    this.plan({});
  }

  /** The variables with which a plugin finds this helm. */
  get env(): NodeJS.ProcessEnv {
    return { PATH: `${this.folder}${delimiter}${process.env.PATH}`, FAKE_HELM: this.folder };
  }

  /** Says what helm does from now on, and forgets how it was called. */
  plan(plan: HelmPlan): void {
    writeFileSync(join(this.folder, "plan.json"), JSON.stringify(plan));
    rmSync(this.#calls, { force: true });
  }

  get calls(): HelmCall[] {
    if (!existsSync(this.#calls)) return [];
    const lines = readFileSync(this.#calls, "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line) as HelmCall);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  get #calls(): string {
    return join(this.folder, "calls.jsonl");
  }
}
