// The passphrase of a stack's secrets: made once, and never anew while something is encrypted with it.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../../lib/wholeFile.ts";

const BYTES = 24;
const LENGTH = Buffer.alloc(BYTES).toString("base64url").length;

const fileIn = (folder: string): string => join(folder, "passphrase");

/** What tells the engine the passphrase: what the user has set, else the file that the stack has for it. */
export const passphraseEnv = (file: () => string): Record<string, string> =>
  ownPassphrase() ? {} : { PULUMI_CONFIG_PASSPHRASE_FILE: file() };

/**
 * Whether the user has set the passphrase.
 * @throws Error where the file that is to hold it does not
 */
export function ownPassphrase(): boolean {
  const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
  if (PULUMI_CONFIG_PASSPHRASE !== undefined) return true;
  if (PULUMI_CONFIG_PASSPHRASE_FILE === undefined || PULUMI_CONFIG_PASSPHRASE_FILE === "") return false;
  const file = PULUMI_CONFIG_PASSPHRASE_FILE;
  if (!existsSync(file) || readFileSync(file, "utf8").trim() === "") {
    throw new Error(
      `PULUMI_CONFIG_PASSPHRASE_FILE names ${file}, which contains no passphrase: restore it, or name another file`,
    );
  }
  return true;
}

/**
 * The file that holds the stack's passphrase.
 * @param folder the stack's
 * @throws Error that says what to restore, where it is not there or not whole
 */
export function passphraseIn(folder: string): string {
  const file = fileIn(folder);
  if (!existsSync(file)) throw new Lost(file, "does not exist");
  const { length } = readFileSync(file, "utf8").trim();
  if (length < LENGTH) throw new Lost(file, length === 0 ? "is empty" : "is truncated");
  return file;
}

/** @throws Error that says what to restore, where there is a passphrase and it is not whole */
export function checkPassphrase(folder: string): void {
  if (existsSync(fileIn(folder))) passphraseEnv(() => passphraseIn(folder));
}

/**
 * The file that holds the stack's passphrase, which is made where there was none.
 * @param isEncrypted whether something is encrypted with one already
 * @throws Error that says what to restore, where it is not whole, or gone
 */
export function passphraseFor(folder: string, isEncrypted: boolean): string {
  const file = fileIn(folder);
  if (!existsSync(file) && !isEncrypted) writeWhole(file, randomBytes(BYTES).toString("base64url"));
  return passphraseIn(folder);
}

/** Without it, nobody reads what the stack has encrypted. */
class Lost extends Error {
  constructor(file: string, how: string) {
    super(
      `${file} ${how}, but its passphrase encrypts the stack's secrets: restore it from a backup, or set PULUMI_CONFIG_PASSPHRASE to that passphrase. For a stack on the testbed, you can also start over with \`make down\``,
    );
  }
}
