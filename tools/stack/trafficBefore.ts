// The traffic settings of a commit in the place of those of the checkout: those of the stack file, and files of hosts.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, matchesGlob } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { listOf, mapOf, textOf } from "../../lib/untrusted.ts";
import { outcomeOf } from "../../lib/run.ts";
import { writeWhole } from "../../lib/wholeFile.ts";
import { checkout } from "./checkout.ts";
import { SCENARIO } from "./scenarioChoice.ts";
import { sectionsIn, withSectionsOf } from "./sectionsOf.ts";

const HOSTS = "mesh:traffic";
const FILES = "mesh:trafficFiles";

/** What of a stack file is about the way of requests alone. */
export const TRAFFIC = [HOSTS, FILES, SCENARIO];

export interface TakenBack {
  /** The commit, in short. */
  readonly commit: string;
  /** What is as it was before: settings by their path, and files. */
  readonly what: readonly string[];
  /** Puts everything back as it was in the checkout. */
  undo(): void;
}

/**
 * @param stackFile its name, from the checkout on
 * @throws Error with the way out where the commit or its stack file is not there, or nothing differs
 */
export async function takeTrafficBack(stackFile: string, before: string, root = checkout): Promise<TakenBack> {
  const commit = await commitOf(before, root);
  const old = await contentAt(commit, stackFile, root);
  if (old === undefined) {
    throw new Error(
      `${stackFile} is not in the commit ${commit.slice(0, 12)}: there is no way back to it for this stack`,
    );
  }
  const place = join(root, stackFile);
  const now = readFileSync(place, "utf8");
  let next: string;
  try {
    next = withSectionsOf(now, old, TRAFFIC);
  } catch (error) {
    throw new Error(`the sections of ${stackFile} cannot be told apart, here or in ${commit.slice(0, 12)}`, {
      cause: error,
    });
  }
  const files = [{ name: stackFile, content: next as string | undefined }, ...(await hostFiles(commit, old, root))];
  const changed = files
    .map((file) => ({ ...file, place: join(root, file.name) }))
    .map((file) => ({ ...file, was: existsSync(file.place) ? readFileSync(file.place, "utf8") : undefined }))
    .filter(({ content, was }) => content !== was);
  if (changed.length === 0) {
    throw new Error(
      `the traffic settings are those of the commit ${commit.slice(0, 12)} already, so they are not what went wrong: nothing was taken back`,
    );
  }
  const put = (file: string, content: string | undefined) => {
    if (content === undefined) rmSync(file, { force: true });
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeWhole(file, content, { mode: existsSync(file) ? statSync(file).mode & 0o777 : 0o644 });
    }
  };
  for (const { place: file, content } of changed) put(file, content);
  const inFiles = changed.filter(({ name }) => name !== stackFile);
  return {
    commit: commit.slice(0, 12),
    what: [
      ...differing(now, next),
      ...inFiles.map(({ name, content }) => `${name}${content === undefined ? ", which is new and was removed" : ""}`),
    ],
    undo: () => {
      for (const { place: file, was } of changed) put(file, was);
    },
  };
}

/** The hash of a commit. */
async function commitOf(name: string, root: string): Promise<string> {
  if (name === "") throw new Error("BEFORE is missing: set it to the commit whose traffic settings were good");
  const { exitCode, stdout } = await git(
    root,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  );
  if (exitCode === 0) return stdout.trim();
  throw new Error(
    `BEFORE names no commit of this checkout: name one that is there, or fetch the history, as \`fetch-depth: 0\` of actions/checkout does`,
  );
}

/** A file as it is in a commit; undefined where it has none. */
async function contentAt(commit: string, name: string, root: string): Promise<string | undefined> {
  const { exitCode, stdout } = await git(root, "ls-tree", "--name-only", commit, "--", name);
  if (exitCode !== 0 || stdout.trim() === "") return undefined;
  // The spawner of other places takes a new line off the end.
  return execFileSync("git", ["-C", root, "show", `${commit}:./${name}`], { encoding: "utf8", maxBuffer: 2 ** 26 });
}

const git = (root: string, ...args: string[]) => outcomeOf("git", ["-C", root, ...args]);

/** The files with hosts that the settings of the commit name, and those that these would name but the commit does not have. */
async function hostFiles(commit: string, old: string, root: string) {
  const named = listOf(sectionsIn(old, [FILES])[FILES]);
  const patterns = named.flatMap((one) => textOf(one) ?? []);
  if (patterns.length === 0) return [];
  const isNamed = (file: string) => patterns.some((pattern) => file === pattern || matchesGlob(file, pattern));
  const list = async (...args: string[]) => (await git(root, ...args)).stdout.split("\0").filter(isNamed);
  const before = await list("ls-tree", "-r", "-z", "--name-only", commit);
  const now = await list("ls-files", "-z", "--cached", "--others", "--exclude-standard");
  const all = [...new Set([...before, ...now])].sort();
  return Promise.all(all.map(async (name) => ({ name, content: await contentAt(commit, name, root) })));
}

/** The settings that differ, a host a line. */
function differing(now: string, next: string): string[] {
  const [was, is] = [sectionsIn(now, TRAFFIC), sectionsIn(next, TRAFFIC)];
  return TRAFFIC.flatMap((key) => {
    if (isDeepStrictEqual(was[key], is[key])) return [];
    const hosts = [...new Set([was[key], is[key]].flatMap((section) => Object.keys(mapOf(section))))];
    if (key !== HOSTS || hosts.length === 0) return [key];
    return hosts
      .filter((host) => !isDeepStrictEqual(mapOf(was[key])[host], mapOf(is[key])[host]))
      .map((host) => `${key}.${host}`);
  });
}
