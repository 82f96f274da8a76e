// The commands, used wrongly, on a copy of the checkout: what they say, how they exit, and that nothing is lost.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Clone } from "./clone.ts";

let clone: Clone;
beforeAll(async () => {
  clone = await Clone.of();
});
afterAll(() => {
  clone.remove();
});

/** A tool as its make target runs it. */
function tool(name: string, env: NodeJS.ProcessEnv, ...args: string[]): { exitCode: number | null; output: string } {
  // A team's stack has its state where somebody has logged in, or where the environment says.
  const { STACK = "" } = env;
  const own = {
    PULUMI_HOME: join(clone.folder, "home"),
    PULUMI_BACKEND_URL: STACK === "local" ? undefined : `file://${clone.folder}/.state/${STACK}/backend`,
    PULUMI_CONFIG_PASSPHRASE: undefined,
    CONTEXT: "",
    ...env,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [`tools/${name}.ts`, ...args], {
    cwd: clone.folder,
    env: { ...process.env, ...own },
    encoding: "utf8",
  });
  return { exitCode: status, output: `${stdout}${stderr}` };
}

/** The files that the tools keep, each with its content. */
const state = () =>
  Object.fromEntries(
    readdirSync(join(clone.folder, ".state"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, "utf8")]),
  );

/** The state of a stack with so many buckets, as the engine writes it. */
function keep(stack: string, buckets: number, protect = false): void {
  const folder = join(clone.folder, ".state", stack, "backend/.pulumi");
  mkdirSync(join(folder, "stacks/mesh"), { recursive: true });
  writeFileSync(join(folder, "meta.yaml"), "version: 1\n");
  const resources = Array.from({ length: buckets }, (_, i) => ({
    urn: `urn:pulumi:${stack}::mesh::aws:s3/bucket:Bucket::bucket-${i}`,
    custom: true,
    id: `bucket-${i}`,
    type: "aws:s3/bucket:Bucket",
    ...(protect && i === 0 && { protect }),
  }));
  const latest = { manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "" }, resources };
  const checkpoint = { version: 3, checkpoint: { stack: `organization/mesh/${stack}`, latest } };
  writeFileSync(join(folder, `stacks/mesh/${stack}.json`), JSON.stringify(checkpoint));
  writeFileSync(join(clone.folder, ".state", stack, "passphrase"), "p".repeat(32));
}

beforeEach(() => {
  rmSync(join(clone.folder, ".state"), { recursive: true, force: true });
  keep("dev", 2);
  keep("prod", 1);
});

describe("make down", () => {
  it.each(["", ".", "..", "../..", "prdo"])("STACK=%s removes nothing, and lists the stacks", (STACK) => {
    const before = state();
    const { exitCode, output } = tool("down", { STACK });
    expect([exitCode, output.trim().split("\n").length]).toEqual([1, 1]);
    expect(output).toMatch(
      /(STACK is|there is no stack prdo).*; the stacks of this checkout: dev, local, prod, staging/,
    );
    expect(state()).toEqual(before);
    expect(readdirSync(clone.folder)).toContain("package.json");
  });

  it("keeps the state of a stack that has resources, though nobody knows on which cluster", () => {
    keep("local", 2);
    const before = state();
    const { exitCode, output } = tool("down", { STACK: "local" });
    expect(exitCode).toBe(1);
    expect(output).toContain("the stack local has 2 resources in its state");
    expect(output).toContain("run `make preview STACK=local`");
    expect(state()).toEqual(before);
  });

  it("keeps it where the destroy cannot begin", () => {
    writeFileSync(join(clone.folder, ".state/dev/target.json"), '{"kind":"eks","kubeconfig":"x"}');
    const before = state();
    expect(tool("down", { STACK: "dev", YES: "1" })).toMatchObject({ exitCode: 1 });
    expect(state()).toEqual(before);
  });

  it("destroys nothing of a stack that has something protected, whatever was agreed to", () => {
    keep("dev", 2, true);
    writeFileSync(join(clone.folder, ".state/dev/target.json"), '{"kind":"eks","kubeconfig":"x"}');
    const before = state();
    const { exitCode, output } = tool("down", { STACK: "dev", YES: "1" });
    expect(exitCode).toBe(1);
    expect(output).toContain(
      "the stack dev is protected, so nothing was destroyed:\n  aws:s3/bucket:Bucket bucket-0\n",
    );
    expect(state()).toEqual(before);
  });

  it("destroys no stack but local without being told so", () => {
    writeFileSync(join(clone.folder, ".state/dev/target.json"), '{"kind":"eks","kubeconfig":"x"}');
    const before = state();
    const { exitCode, output } = tool("down", { STACK: "dev" });
    expect([exitCode, output]).toEqual([1, expect.stringContaining("add YES=1 to confirm")]);
    expect(state()).toEqual(before);
  });

  it("keeps it where the note of its cluster is cut short, and says what to do", () => {
    writeFileSync(join(clone.folder, ".state/dev/target.json"), '{"kind":"e');
    const before = state();
    const { exitCode, output } = tool("down", { STACK: "dev" });
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/target\.json, .* is truncated: remove it, and run/)]);
    expect(state()).toEqual(before);
  });

  it("removes what is kept of a stack that has none, and of no other", () => {
    keep("local", 0);
    const others = Object.entries(state()).filter(([file]) => !file.includes("/local/"));
    expect(tool("down", { STACK: "local" })).toMatchObject({ exitCode: 0 });
    expect(Object.entries(state())).toEqual(others);
  });

  it("leaves a state of a team's stack that an earlier version kept in the checkout", () => {
    keep("dev", 0);
    writeFileSync(join(clone.folder, ".state/dev/target.json"), '{"kind":"eks","kubeconfig":"x"}');
    const kept = Object.entries(state()).filter(([file]) => !file.endsWith("target.json"));
    const { exitCode, output } = tool("down", { STACK: "dev" });
    expect([exitCode, output]).toEqual([0, expect.stringContaining("has older state, which is kept")]);
    expect(Object.entries(state())).toEqual(kept);
  });

  it("says that a backend without a name is none", () => {
    expect(tool("down", { STACK: "dev", PULUMI_BACKEND_URL: "" }).output).toMatch(/^PULUMI_BACKEND_URL is empty/);
  });
});

describe("a command for a stack that is not there", () => {
  it.each([
    "status",
    "url",
    "verify",
    "preview",
    "up",
    "drift",
    "wayBack",
    "scenarios",
    "trace",
    "dashboards",
    "pulumi",
  ])("make %s fails, and makes nothing", (name) => {
    const before = readdirSync(join(clone.folder, ".state"));
    const { exitCode, output } = tool(name, { STACK: "nope" });
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/^there is no stack nope; the stacks .*\n$/)]);
    expect(readdirSync(join(clone.folder, ".state"))).toEqual(before);
  });
});

describe("a command that is refused", () => {
  it("says that the context is wrong where there is no kubeconfig, and leaves no folder", () => {
    const env = { STACK: "staging", CONTEXT: "nope", KUBECONFIG: join(clone.folder, "nowhere") };
    const { exitCode, output } = tool("preview", env);
    expect([exitCode, output]).toEqual([
      1,
      expect.stringMatching(/^there is no context nope: .*nowhere does not exist/),
    ]);
    expect(readdirSync(join(clone.folder, ".state"))).toEqual(["dev", "prod"]);
  });

  it("fails as make status does where the stack is not up", () => {
    expect(tool("status", { STACK: "local" })).toEqual({ exitCode: 1, output: "the stack local is not deployed\n" });
  });

  it("starts no cluster to look for drift where nothing is deployed", () => {
    const { exitCode, output } = tool("drift", { STACK: "local" });
    expect([exitCode, output]).toEqual([1, expect.stringContaining("the stack local is not deployed")]);
  });

  it("says what an ID of a trace looks like", () => {
    const { exitCode, output } = tool("trace", { STACK: "local" }, "../services");
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/^ID is not a trace ID, .*32/)]);
  });

  it("says what to restore where the passphrase is empty", () => {
    keep("local", 1);
    writeFileSync(join(clone.folder, ".state/local/passphrase"), "");
    const { exitCode, output } = tool("preview", { STACK: "local" });
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/local\/passphrase is empty, .* restore it/)]);
  });
});
