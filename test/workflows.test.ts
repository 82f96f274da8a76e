import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { load } from "js-yaml";

interface Job {
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: { readonly group: readonly string[] } };
}

const folder = join(import.meta.dirname, "../.github/workflows");
const texts = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

describe.each(texts)("the workflow %s", (_name, text) => {
  const workflow = load(text) as { permissions: object; jobs: Readonly<Record<string, Job>> };

  it("takes every action by its digest, beside which its version stands", () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, what]) => what);
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((what) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what ?? ""))).toEqual([]);
  });

  it("may only read, and ends", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(90);
  });
});

it("the nightly workflow runs every group of make test-long", () => {
  const { jobs } = load(Object.fromEntries(texts)["test.yaml"] ?? "") as { jobs: { long: Job } };
  const files = readdirSync(join(import.meta.dirname, "long")).filter((file) => file.endsWith(".test.ts"));
  expect(jobs.long.strategy?.matrix.group).toEqual(files.map((file) => file.slice(0, -".test.ts".length)).sort());
});
