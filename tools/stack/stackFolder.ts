// Where the tools keep what belongs to a stack: its state, its secrets' passphrase, the copy of its file.
import { existsSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./checkout.ts";
import { checkedName, stateFolder } from "./stackName.ts";

/** The folder of a stack, in a checkout. */
export const stackFolder = (name: string, root = checkout): string => join(stateFolder(root), checkedName(name, root));

/** Where the engine keeps the stack's state, unless the user has chosen a backend. */
export const backendFolder = (name: string, root = checkout): string => join(stackFolder(name, root), "backend");

/**
 * The folder as a backend of the engine. Beside each file it would write another, of what a file system keeps anyway, and
 * not in one step: one that a full disk has cut short would keep it from reading the state.
 */
export const backendUrl = (folder: string): string => `file://${folder}?metadata=skip`;

/**
 * Removes what a full disk, or a kill, has cut short in such a backend: the engine reads what it was writing when it
 * looks for locks, and what versions of the tools before this have let it note beside its files.
 */
export function removeCutFiles(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    if (file.endsWith(".tmp") || (file.endsWith(".attrs") && statSync(file).size === 0)) rmSync(file, { force: true });
  }
}

/** The run that has the stack; it goes last, when that run ends. */
export const TURN = "turn.pid";

/** What the tools put there, by the beginning of its name: drafts of a file are called after it. */
const OURS = [
  ...["backend", "passphrase", "target.json", "kubeconfig", "recovered.json", "scenario", "aws-account", "preview."],
  ...["forward.", "Pulumi.", "draft.new-", TURN],
  // Of `make bench`.
  ...["by-hand", "hosts.yaml"],
];

/** Makes the folder of the stack, for its owner's eyes. */
export function makeStackFolder(name: string): string {
  const folder = stackFolder(name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** What reads a state in the checkout: it, its passphrase and the file with its secrets. */
export const STATE_IN_CHECKOUT = ["backend", "passphrase", "Pulumi."];

/**
 * Removes what the tools keep of a stack that holds nothing any more.
 * @param kept what of it stays as well, by the beginning of its name
 * @returns what else lies there, and stays
 * @throws Error where the folder is not in its place, or has the state of another stack
 */
export function removeStackFolder(name: string, root = checkout, kept: readonly string[] = []): string[] {
  const folder = stackFolder(name, root);
  if (!existsSync(folder)) return [];
  if (realpathSync(folder) !== join(realpathSync(stateFolder(root)), name)) {
    throw new Error(`${folder} is a link to another folder, whose content is kept: remove the link yourself`);
  }
  const others = otherStacks(name, root);
  if (others.length > 0) {
    throw new Error(
      `${backendFolder(name, root)} also has the state of ${others.join(", ")}: nothing was removed; destroy these stacks first, with \`pulumi destroy\` and \`pulumi stack rm\``,
    );
  }
  const [ours, foreign] = [[] as string[], [] as string[]];
  for (const entry of readdirSync(folder)) (OURS.some((start) => entry.startsWith(start)) ? ours : foreign).push(entry);
  for (const entry of ours) {
    if (entry === TURN || kept.some((start) => entry.startsWith(start))) continue;
    rmSync(join(folder, entry), { recursive: true, force: true });
  }
  removeIfEmpty(name, root);
  return foreign;
}

/** Removes the folder of a stack that has nothing in it, and the folder of all where it was the last. */
export function removeIfEmpty(name: string, root = checkout): void {
  try {
    for (const folder of [stackFolder(name, root), stateFolder(root)]) rmdirSync(folder);
  } catch {
    // It is not empty, or not there.
  }
}

/** Stacks that somebody has made in the backend of this one. */
function otherStacks(name: string, root: string): string[] {
  const folder = join(backendFolder(name, root), ".pulumi/stacks");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.flatMap((file) => /([^/]+)\.json(\.gz|\.zst)?$/.exec(file)?.[1] ?? []).filter((other) => other !== name);
}
