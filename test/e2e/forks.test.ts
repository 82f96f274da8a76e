// A pull request of a fork, by the steps of both workflows: one runs the fork's code and has nothing, the other one has a token and
// takes nothing but data.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { githubStandIn, type GithubStandIn } from "../codeHost/github.ts";
import { BAD } from "../policies/cli/example.ts";
import { Clone } from "./clone.ts";
import { runJob, type Ran } from "./workflowSteps.ts";

const TOKEN = "of-the-run";
const SHA = "1".repeat(40);
const HEAD = "stranger:patch-1";

describe("a pull request of a fork", () => {
  let fork: Clone;
  let own: Clone;
  let host: GithubStandIn;
  let artifact: string | undefined;
  beforeAll(async () => {
    fork = await Clone.of();
    own = await Clone.of();
  });
  afterAll(() => {
    fork.remove();
    own.remove();
  });
  beforeEach(async () => {
    artifact = undefined;
    mkdirSync(join(fork.folder, "manifests"), { recursive: true });
    const pullRequests = [
      { number: 3, head: { sha: "2".repeat(40), label: HEAD } },
      { number: 7, head: { sha: SHA, label: HEAD } },
      { number: 8, head: { sha: SHA, label: "acme:main" } },
    ];
    host = await githubStandIn(TOKEN, { pullRequests });
  });
  afterEach(() => {
    host.close();
    for (const name of ["manifests", "mesh.sarif"]) rmSync(join(fork.folder, name), { recursive: true, force: true });
  });

  const workflow = (name: string) => join(own.folder, `.github/workflows/${name}.yaml`);

  /** The run of the fork, which has no token. */
  const first = () =>
    runJob(workflow("manifests"), "manifests", {
      cwd: fork.folder,
      context: {},
      env: { GITHUB_TOKEN: "" },
      act: (action, inputs) => {
        if (action === "actions/upload-artifact") {
          artifact = join(own.folder, "..", `artifact-${process.pid}`);
          cpSync(join(fork.folder, inputs.path ?? ""), artifact);
        }
      },
    });

  const uploads: Record<string, string>[] = [];
  /** The run that follows it, on the default branch. */
  const second = (sha = SHA): Promise<Ran> => {
    uploads.length = 0;
    const event = "github.event.workflow_run";
    return runJob(workflow("manifests-comment"), "comment", {
      cwd: own.folder,
      context: {
        "github.token": TOKEN,
        [`${event}.id`]: "11",
        [`${event}.head_repository.owner.login`]: "stranger",
        [`${event}.head_branch`]: "patch-1",
        [`${event}.head_sha`]: sha,
      },
      env: { GITHUB_API_URL: host.url, GITHUB_REPOSITORY: "acme/mesh" },
      act: (action, inputs) => {
        if (action === "github/codeql-action/upload-sarif") uploads.push(inputs);
        if (action !== "actions/download-artifact") return;
        if (artifact === undefined) throw new Error("there is no artifact");
        mkdirSync(inputs.path ?? "");
        cpSync(artifact, join(inputs.path ?? "", "mesh.sarif"));
        rmSync(artifact);
      },
    });
  };

  it("gets what mesh-check finds as a comment, and beside its lines", async () => {
    writeFileSync(join(fork.folder, "manifests/bad.yaml"), BAD);
    const ran = await first();
    expect(ran.steps, ran.output).toEqual({ check: "failure" });
    const told = await second();
    expect(told.steps, told.output).toEqual({ "pull-request": "success", comment: "success" });
    expect(host.comments).toHaveLength(1);
    expect(host.comments[0]?.body).toMatch(
      /^<!-- mesh-check -->\n\*\*mesh-check\*\* on the manifests .*: [1-9]\d* error/,
    );
    expect(host.comments[0]?.body).toContain("manifests/bad.yaml:");
    expect(host.calls).toContain("POST /repos/acme/mesh/issues/7/comments");
    expect(uploads).toMatchObject([{ ref: "refs/pull/7/head", sha: SHA }]);
  });

  it("gets nothing where it has no manifests", async () => {
    rmSync(join(fork.folder, "manifests"), { recursive: true });
    expect((await first()).steps).toEqual({ check: "skipped" });
    expect(await second()).toMatchObject({
      conclusion: "success",
      steps: { "pull-request": "skipped", comment: "skipped" },
    });
    expect([host.calls, uploads]).toEqual([[], []]);
  });

  it("gets nothing where it has another commit by now", async () => {
    artifact = join(own.folder, "..", `artifact-${process.pid}`);
    writeFileSync(artifact, "{}");
    expect((await second("3".repeat(40))).steps).toEqual({ "pull-request": "success", comment: "skipped" });
    expect([host.comments, uploads]).toEqual([[], []]);
  });

  it.each([
    ["no JSON", "#!/bin/sh\nexit 1\n"],
    ["no SARIF", '{"version":"2.0.0","runs":[]}'],
    ["nothing", ""],
  ])("cannot make %s into a comment", async (_name, content) => {
    artifact = join(own.folder, "..", `artifact-${process.pid}`);
    writeFileSync(artifact, content);
    const ran = await second();
    expect(ran.steps.comment).toBe("failure");
    expect(ran.output).toContain("this is no SARIF 2.1.0");
    expect([host.comments, uploads]).toEqual([[], []]);
  });

  it("says nothing to anybody by what it writes", async () => {
    artifact = join(own.folder, "..", `artifact-${process.pid}`);
    const text = "@everybody <img src=x> [look](http://evil.example) www.evil.example `x`\n# heading";
    const location = { physicalLocation: { artifactLocation: { uri: text }, region: { startLine: 1 } } };
    const results = Array.from({ length: 2000 }, () => ({
      ...{ ruleId: text, level: "fatal", message: { text: text.repeat(100) }, locations: [location] },
    }));
    writeFileSync(artifact, JSON.stringify({ version: "2.1.0", runs: [{ results }, null, 7] }));
    expect((await second()).conclusion).toBe("success");
    const body = host.comments[0]?.body ?? "";
    expect(body).not.toMatch(/@|<img|:\/\/|www\.|^# /m);
    expect(body).toContain("2000 warnings");
    expect(body.split("\n").length).toBeLessThan(60);
  });

  it("gives the second workflow nothing to run", () => {
    const text = readFileSync(workflow("manifests-comment"), "utf8");
    const { jobs } = load(text) as {
      jobs: { comment: { steps: { uses?: string; run?: string; with?: { ref?: string } }[] } };
    };
    const checkouts = jobs.comment.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map((step) => step.with?.ref)).toEqual([undefined]);
    // What the code host fills into a command could be a command.
    for (const { run = "" } of jobs.comment.steps) expect(run).not.toContain("${{");
    expect(existsSync(join(own.folder, "mesh.sarif"))).toBe(false);
  });
});
