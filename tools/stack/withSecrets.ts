// What the engine needs to encrypt: the passphrase and the salt, and what is encrypted with them from the beginning.
import { dirname } from "node:path";
import { run } from "../../lib/run.ts";
import { makeMissingSecrets } from "./generatedSecrets.ts";
import { passphraseEnv, passphraseFor } from "./passphrase.ts";
import { onDraft, settledSalt } from "./stackFileCopy.ts";
import { stateOf } from "./state.ts";

interface Opening {
  readonly name: string;
  /** The stack's. */
  readonly folder: string;
  /** The copy of its file. */
  readonly file: string;
  /** The engine's, without a passphrase. */
  readonly env: Readonly<Record<string, string>>;
}

/** Sets secrets in a draft of the copy of the stack's file. */
type MakeSecrets = (stack: Pick<Opening, "name" | "env" | "file">) => Promise<void>;

/**
 * Selects the stack, makes the secrets that it needs and does not have, and returns the engine's environment. It can be
 * interrupted anywhere: the salt and the secrets come into the copy together, and the passphrase is there before.
 */
export async function withSecrets(
  { name, folder, file, env }: Opening,
  makeSecrets: MakeSecrets = makeMissingSecrets,
): Promise<Record<string, string>> {
  const salt = await settledSalt(file, () => stateOf(name, env));
  const whole = { ...env, ...passphraseEnv(() => passphraseFor(folder, salt !== undefined)) };
  await onDraft(file, async (draft) => {
    // The engine notes the salt of the stack's secrets beside the project: let that be beside a copy of it.
    const select = ["stack", "select", "--create", "--stack", name, "--non-interactive"];
    await run("pulumi", select, { cwd: dirname(draft), env: whole });
    await makeSecrets({ name, env: whole, file: draft });
  });
  return whole;
}
