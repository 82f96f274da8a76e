// The pipeline for GitLab: the same jobs as the workflows of GitHub, with the commands of the Makefile.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { programs } from "../versions.ts";
import { gitlabJobs, runGitlabJob } from "./e2e/gitlabJob.ts";

const checkout = join(import.meta.dirname, "..");
const file = join(checkout, ".gitlab-ci.yml");
const jobs = gitlabJobs(file);
const targets = [...readFileSync(join(checkout, "Makefile"), "utf8").matchAll(/^([a-z-]+):/gm)].map(([, name]) => name);

describe(".gitlab-ci.yml", () => {
  it.each(Object.entries(jobs))("has in %s commands of the Makefile, an end, and a time when it runs", (_name, job) => {
    const called = (job.script ?? []).flatMap((line) =>
      [...line.matchAll(/\bmake (?:-s )?([\w-]+)/g)].map(([, name]) => name),
    );
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((name) => !targets.includes(name))).toEqual([]);
    expect(job.timeout).toMatch(/^\d+ minutes$/);
    expect(job.rules?.length).toBeGreaterThan(0);
  });

  it("runs on the Node that the project pins", () => {
    expect(readFileSync(file, "utf8")).toContain(`image: node:${programs.node}-bookworm\n`);
  });

  it("deploys to one stack after the other, each alone in its environment", () => {
    const deployed = Object.entries(jobs).filter(([, { environment }]) => environment !== undefined);
    expect(deployed.map(([name]) => name)).toEqual(["dev", "staging", "prod"]);
    for (const [name, job] of deployed) {
      expect(job).toMatchObject({ stage: name, resource_group: name, environment: name });
      expect(job.variables).toMatchObject({ STACK: name, AWS_ROLE_ARN: "$AWS_DEPLOY_ROLE" });
    }
  });
});

describe("a job of GitLab", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gitlab-"));
  });
  afterEach(() => {
    for (const place of [folder, `${folder}.tmp`]) rmSync(place, { recursive: true, force: true });
  });

  /** Runs it with a `make` that writes down how it is called, and fails for some targets so many times. */
  async function run(name: string, failing: Readonly<Record<string, number>>, env: Record<string, string> = {}) {
    const cases = Object.entries(failing).map(
      ([target, times]) => `*" ${target} "*) [ "$(grep -c " ${target} " calls)" -gt ${times} ] || exit 2 ;;`,
    );
    const make = join(folder, "make");
    writeFileSync(make, `#!/bin/sh\necho " $* " >> calls\ncase " $* " in\n${cases.join("\n")}\nesac\n`);
    chmodSync(make, 0o755);
    const { exitCode } = await runGitlabJob(file, name, folder, {
      ...{ PATH: `${folder}${delimiter}${process.env.PATH ?? ""}`, CI_PROJECT_DIR: folder, AWS_ID_TOKEN: "a-token" },
      ...{ CI_COMMIT_BEFORE_SHA: "abc", AWS_DEPLOY_ROLE: "arn:aws:iam::1:role/deploy", ...env },
    });
    const calls = readFileSync(join(folder, "calls"), "utf8")
      .split("\n")
      .map((line) => line.trim());
    return { exitCode, calls: calls.filter(Boolean) };
  }

  it("deploys, and holds it against requests", async () => {
    expect(await run("dev", {})).toEqual({ exitCode: 0, calls: ["up", "verify"] });
    expect(readFileSync(`${folder}.tmp/aws-id-token`, "utf8")).toBe("a-token");
    expect(statSync(`${folder}.tmp/aws-id-token`).mode & 0o077).toBe(0);
  });

  it("takes traffic back where verify fails, and fails all the same", async () => {
    const calls = ["up", "verify", "-s way-back BEFORE=abc", "up", "verify"];
    expect(await run("prod", { verify: 1 })).toEqual({ exitCode: 1, calls });
    rmSync(join(folder, "calls"));
    expect((await run("prod", { "way-back": 9, verify: 1 })).calls).toEqual(calls.slice(0, 3));
    rmSync(join(folder, "calls"));
    expect((await run("prod", { up: 9 })).calls).toEqual(["up"]);
  });

  it.each([
    ["report", "report", ["-s report", "-s comment FILE=report.md"]],
    ["drift", "drift", ["-s drift ARGS=--json", "-s drift-issue FILE=drift.json"]],
  ])("of %s tells what it found, and fails where it failed", async (name, failing, calls) => {
    expect(await run(name, {})).toEqual({ exitCode: 0, calls });
    rmSync(join(folder, "calls"));
    expect(await run(name, { [failing]: 1 })).toEqual({ exitCode: 1, calls });
  });

  it("of a fork checks manifests without a token", async () => {
    const check = "-s check FILES=manifests/ ARGS=--sarif";
    expect((await run("manifests", {})).calls).toEqual([check]);
    rmSync(join(folder, "calls"));
    const { calls } = await run("manifests", {}, { GITLAB_TOKEN: "x" });
    expect(calls).toEqual([check, "-s findings-comment FILE=mesh.sarif"]);
  });
});
