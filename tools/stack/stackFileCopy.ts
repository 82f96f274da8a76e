// The copy of a stack file is the only place of its generated secrets, and of the salt that they are encrypted with.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { dump, load } from "js-yaml";
import { draftOf, removeDrafts, takeOver, writeWhole } from "../../lib/wholeFile.ts";
import { ENGINE_KEYS } from "../../settings/stackFileKeys.ts";
import { checkout } from "./checkout.ts";
import { isMap, type Config } from "./keptSecrets.ts";
import type { State } from "./state.ts";

/** What the engine notes beside the configuration. */
export interface Keys {
  /** With the passphrase, what the secrets are encrypted with. */
  readonly encryptionsalt?: string;
  readonly encryptedkey?: string;
  readonly secretsprovider?: string;
  /** Environments of Pulumi ESC, from which more of the configuration comes. */
  readonly environment?: unknown;
}

/** Those that a stack file has. */
export function keysOf(content: unknown): Keys {
  const names: readonly string[] = ENGINE_KEYS;
  return isMap(content) ? Object.fromEntries(Object.entries(content).filter(([key]) => names.includes(key))) : {};
}

export interface StackFileCopy extends Keys {
  readonly config: Config;
}

/**
 * What the copy says; nothing where there is none yet.
 * @throws Error that says what to restore, where it is not whole
 */
export function readStackFileCopy(file: string): StackFileCopy {
  if (!existsSync(file)) return { config: {} };
  const text = readFileSync(file, "utf8");
  if (text.trim() === "") throw new Broken(file, "is empty");
  const content = whole(text);
  // Whoever writes it ends with a new line.
  if (!text.endsWith("\n") || content === undefined) throw new Broken(file, "is truncated");
  const { config = {} } = isMap(content) ? content : { config: undefined };
  if (!isMap(config)) throw new Broken(file, "is not a copy of a stack file");
  return { config, ...keysOf(content) };
}

/**
 * The salt of the stack's secrets. A copy that has none gets it from the state, which has it as well.
 * @returns nothing as long as nothing is encrypted with a passphrase
 */
export async function settledSalt(
  file: string,
  stateOf: () => Promise<State | undefined>,
): Promise<string | undefined> {
  const copy = readStackFileCopy(file);
  if (copy.encryptionsalt !== undefined || copy.secretsprovider !== undefined) return copy.encryptionsalt;
  const salt = (await stateOf())?.deployment?.secrets_providers?.state?.salt;
  if (salt !== undefined) writeWhole(file, dump({ ...copy, encryptionsalt: salt }));
  return salt;
}

function whole(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}

class Broken extends Error {
  constructor(file: string, how: string) {
    super(
      `${file} ${how}, and only this file contains the stack's generated secrets: restore it from a backup. Without a backup, remove it: the next run creates it with new secrets, and you must set your own secrets again`,
    );
  }
}

/**
 * Lets the engine work on a draft of a stack file, which takes its place once that has ended well: the engine writes in
 * place, and on a full disk would leave a part of it.
 * @param work is told where the draft is, beside the project that the engine takes it for
 * @param among the folder in which the draft is made; by default that of the file
 */
export async function onDraft(
  file: string,
  work: (draft: string) => Promise<void>,
  among = dirname(file),
): Promise<void> {
  const place = join(among, "draft");
  removeDrafts(place);
  const folder = draftOf(place);
  const draft = join(folder, basename(file));
  mkdirSync(folder, { mode: 0o700 });
  try {
    copyFileSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    copyFileSync(file, draft);
    const before = readFileSync(file);
    await work(draft);
    if (before.equals(readFileSync(draft))) return;
    readStackFileCopy(draft);
    if (!before.equals(readFileSync(file))) {
      throw new Error(`another run changed ${file} in the meantime: try again`);
    }
    // The engine writes for everybody's eyes.
    chmodSync(draft, statSync(file).mode & 0o777);
    takeOver(draft, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
