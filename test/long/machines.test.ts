// Machines of other shapes than the one that the project was written on: each shows, where that is possible, a preview of the stack
// dev, which calls the engine, its plugins and the policy pack; one that was started again gets its testbed back. Costs four minutes,
// and 100 MB from npm.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cacheFolder } from "../../lib/cache.ts";
import { outcomeOf, run, type Outcome } from "../../lib/run.ts";
import { Clone } from "../e2e/clone.ts";

/** A user who has nothing to do with the others of the machine. */
const NOBODY = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
const PREVIEW = ["make", "-s", "preview", "STACK=dev"];
const SCENARIOS = ["make", "-s", "scenarios"];
/** Makes the folder that follows one that can only be read, as even root finds it, and runs the rest. */
const READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';

let folder: string;
let clone: Clone;
/** The first words of the preview on the machine as it is. */
let expected: string;

const at = (...path: string[]) => join(folder, ...path);
const path = (...first: string[]) => [...first, process.env.PATH].join(delimiter);
const changes = (preview: string) => /^ {2}\+ \d+ to create.*$/m.exec(preview)?.[0] ?? `no preview:\n${preview}`;

/** Runs a command line in a checkout; variables that are undefined are not set. */
function on(env: NodeJS.ProcessEnv, [program = "", ...args]: string[], cwd = clone.folder): Promise<Outcome> {
  const own = {
    ...{
      MESH_CACHE: cacheFolder(),
      PULUMI_BACKEND_URL: `file://${at("backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "of the test",
    },
    ...{ MAKEFLAGS: "", ARGS: "", STACK: "", CONTEXT: "", MESH_CACHE_FROM: "" },
  };
  const unset = Object.keys(env).filter((name) => env[name] === undefined);
  return outcomeOf("env", [...unset.flatMap((name) => ["-u", name]), program, ...args], {
    cwd,
    env: { ...own, ...env },
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "machines-"));
  mkdirSync(at("backend"));
  clone = await Clone.of();
  for (const version of ["20", "22"]) {
    mkdirSync(at(version));
    const npm = ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    await run("npm", [...npm, `node@${version}`], { cwd: at(version) });
  }
  const made = await on({}, ["make", "-s", "init", "STACK=dev"]);
  expect(made.exitCode, made.stderr).toBe(0);
  expected = changes((await on({}, PREVIEW)).stdout);
  expect(expected).toMatch(/to create: aws \d+/);
});
afterAll(() => {
  clone.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("Node", () => {
  it.each(["20", "22"])("%s on PATH is enough to begin with", async (version) => {
    const PATH = path(at(version, "node_modules/.bin"));
    expect((await on({ PATH }, ["node", "--version"])).stdout).toMatch(`v${version}.`);
    expect(changes((await on({ PATH }, PREVIEW)).stdout)).toBe(expected);
    expect(await on({ PATH }, ["bin/mesh-check", "testbed/manifests"])).toMatchObject({ exitCode: 0 });
  });
});

describe("a home folder", () => {
  it("that is not set is done without where MESH_CACHE is", async () => {
    expect(changes((await on({ HOME: undefined }, PREVIEW)).stdout)).toBe(expected);
    const neither = await on({ HOME: undefined, MESH_CACHE: undefined, XDG_CACHE_HOME: undefined }, SCENARIOS);
    expect(neither.exitCode).not.toBe(0);
    expect(neither.stderr).toMatch(/^HOME is not set, .* name a folder for them in MESH_CACHE, and run this again$/m);
  });

  it("that is not there is not made", async () => {
    expect(changes((await on({ HOME: at("missing/home") }, PREVIEW)).stdout)).toBe(expected);
    expect(existsSync(at("missing"))).toBe(false);
  });

  it("that can only be read is left alone", async () => {
    mkdirSync(at("read-only"));
    const readOnly = (...command: string[]) => [
      "unshare",
      "--mount",
      "sh",
      "-c",
      READ_ONLY,
      at("read-only"),
      ...command,
    ];
    const env = { HOME: at("read-only") };
    expect(changes((await on(env, readOnly(...PREVIEW))).stdout)).toBe(expected);
    const nowhere = await on({ ...env, MESH_CACHE: undefined, XDG_CACHE_HOME: undefined }, readOnly(...SCENARIOS));
    expect(nowhere.exitCode).not.toBe(0);
    expect(nowhere.stderr).toMatch(/read-only\/\.cache\/mesh-testbed, for downloads, cannot be written: .* MESH_CACHE/);
  });
});

describe("a checkout", () => {
  it("may have spaces and umlauts in its path, a quote and a dollar", async () => {
    const checkout = at("Frau Müller's $HOME (neu)");
    cpSync(clone.folder, checkout, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    expect(changes((await on({}, PREVIEW, checkout)).stdout)).toBe(expected);
    expect(await on({}, ["bin/mesh-check", "testbed/manifests"], checkout)).toMatchObject({ exitCode: 0 });
  });

  it("may be a worktree of git", async () => {
    const git = (...args: string[]) =>
      run("git", ["-c", "user.name=n", "-c", "user.email=n@localhost", ...args], { cwd: clone.folder });
    await git("init", "--quiet");
    await git("add", ".", ":!node_modules");
    await git("commit", "--quiet", "--message", "all");
    await git("worktree", "add", "--quiet", "--detach", at("worktree"));
    // npm would clear the packages of this checkout for a lock file that is newer than they are.
    cpSync(join(clone.folder, "package-lock.json"), at("worktree/package-lock.json"), { preserveTimestamps: true });
    symlinkSync(realpathSync(join(clone.folder, "node_modules")), at("worktree/node_modules"));
    expect(changes((await on({}, PREVIEW, at("worktree"))).stdout)).toBe(expected);
  });
});

describe("a cache of two users", () => {
  /** A cache to which both may add, with the first user's programs as links: the files themselves stay as they are. */
  const share = async (name: string) => {
    mkdirSync(at(name));
    chmodSync(at(name), 0o1777);
    const entries = readdirSync(cacheFolder()).filter((entry) => /^(programs|releases|node-.*)$/.test(entry));
    await run("cp", ["-al", ...entries.map((entry) => join(cacheFolder(), entry)), at(name)]);
  };
  const asNobody = (cache: string, ...command: string[]) =>
    on({ MESH_CACHE: at(cache), HOME: "/nonexistent" }, ["setpriv", ...NOBODY, ...command]);
  beforeAll(async () => {
    chmodSync(folder, 0o755);
    await run("chmod", ["-R", "a+rwX", at("backend"), clone.folder]);
  });

  it("gives one what the other has made", async () => {
    await share("shared");
    const preview = await asNobody("shared", ...PREVIEW);
    expect(changes(preview.stdout)).toBe(expected);
    expect(preview.stderr).not.toMatch(/^building /m);
  });

  it.each(["programs", "pulumi-home"])("says what to do where one keeps %s from the other", async (kept) => {
    await share("kept");
    mkdirSync(at("kept", kept), { recursive: true });
    chmodSync(at("kept", kept), 0o700);
    const { exitCode, stderr } = await asNobody("kept", ...PREVIEW);
    rmSync(at("kept"), { recursive: true });
    expect(exitCode).not.toBe(0);
    const words = `the user nobody has no permission to access ${at("kept", kept)}: run this as its owner, or change the owner with chown`;
    expect(stderr).toContain(`${words}, or set MESH_CACHE to another folder`);
  });
});

describe("a machine that was started again", () => {
  const local = { STACK: "local", PULUMI_BACKEND_URL: undefined, PULUMI_CONFIG_PASSPHRASE: undefined };
  const make = async (target: string) => {
    const made = await on(local, ["make", "-s", target]);
    expect(made.exitCode, `${made.stdout}\n${made.stderr}`).toBe(0);
    return `${made.stdout}\n${made.stderr}`;
  };
  afterAll(() => make("down"));

  it("has its stack again after the next make up", async () => {
    await make("up");
    const [, instance = ""] = /KUBECONFIG=(.*)\/kubeconfig/.exec(await make("status")) ?? [];
    // The first process of the node, with which all others end.
    process.kill(Number(readFileSync(join(instance, "holder.pid"), "utf8").split(" ")[0]), "SIGKILL");
    expect((await on(local, ["make", "-s", "status"])).stderr).toContain("the testbed is stopped: run `make up");

    const again = await make("up");
    expect(again).toContain("the testbed was ended without `make down`, with all that ran on it: making it anew");
    expect(again).toContain("Reviews over 100 requests through the ingress gateway:");
    expect(await make("up")).toMatch(/Resources:\s+\d+ unchanged/);
  });
});
