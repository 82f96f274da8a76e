import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { load } from "js-yaml";

interface Job {
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: { readonly group: readonly string[] } };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

const checkout = join(import.meta.dirname, "..");
const folder = join(checkout, ".github/workflows");
const texts = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
const targets = [...readFileSync(join(checkout, "Makefile"), "utf8").matchAll(/^([a-z-]+):/gm)].map(([, name]) => name);

/** What each job may besides reading the repository. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  "deploy.yaml deploy": ["id-token: write"],
  "drift.yaml drift": ["id-token: write", "issues: write"],
  "manifests-comment.yaml comment": ["actions: read", "pull-requests: write", "security-events: write"],
  "release.yaml release": ["contents: write"],
  "report.yaml report": ["id-token: write", "pull-requests: write"],
};

describe.each(texts)("the workflow %s", (file, text) => {
  const workflow = load(text) as { permissions: object; jobs: Readonly<Record<string, Job>> };

  it("takes every action by its digest, beside which its version stands", () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, what]) => what);
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((what) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what ?? ""))).toEqual([]);
  });

  it("may only read, but for what a job needs, and ends", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const [name, job] of Object.entries(workflow.jobs)) {
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(90);
      const may = Object.entries(job.permissions ?? {}).map(([what, how]) => `${what}: ${how}`);
      expect(may.filter((one) => one !== "contents: read")).toEqual(MAY[`${file} ${name}`] ?? []);
    }
  });

  it("leaves no token in its checkout, and puts nothing of an event into a command", () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
      expect(step.with?.["persist-credentials"]).toBe(false);
    }
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });

  it("runs commands of the Makefile, in a shell that a failure in a pipe ends", () => {
    const commands = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    for (const command of commands) {
      const [, target] = /\bmake (?:-s )?([\w-]+)/.exec(command) ?? [];
      expect(targets, command).toContain(target);
      if (command.includes(" | ")) expect(text).toContain("\ndefaults:\n  run:\n    shell: bash\n");
    }
  });
});

it("the nightly workflow runs every group of make test-long", () => {
  const { jobs } = load(Object.fromEntries(texts)["test.yaml"] ?? "") as { jobs: { long: Job } };
  const files = readdirSync(join(import.meta.dirname, "long")).filter((file) => file.endsWith(".test.ts"));
  expect(jobs.long.strategy?.matrix.group).toEqual(files.map((file) => file.slice(0, -".test.ts".length)).sort());
});
