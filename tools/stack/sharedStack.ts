// A stack of a team: made once, and from then on what every checkout finds in the backend and in the stack's file.
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { say } from "../../lib/progress.ts";
import { run } from "../../lib/run.ts";
import { pulumiAlone } from "../programs/programs.ts";
import { backendOf, isShared, type Backend } from "./backend.ts";
import { makeMissingSecrets } from "./generatedSecrets.ts";
import { ownPassphrase } from "./passphrase.ts";
import { initCommand, initWithKms } from "./secretCommand.ts";
import { stackConfig, stackFilePath } from "./stackFile.ts";
import { onDraft, type Keys } from "./stackFileCopy.ts";
import { makeStackFolder } from "./stackFolder.ts";
import { stateOf, type State } from "./state.ts";

/**
 * Makes the stack in its backend, and in its file the secrets that it needs and does not have. What is there already
 * stays as it is.
 * @param args of `pulumi stack init`, such as `--secrets-provider=…`
 */
export async function initStack(name: string, args: readonly string[]): Promise<void> {
  if (!isShared(name)) throw new Error(`the stack ${name} needs no init: \`make up STACK=${name}\` creates it`);
  const { config, keys } = stackConfig(name);
  const { env: programs } = await pulumiAlone();
  const backend = await backendOf(name, programs);
  const { env } = backend;
  const folder = makeStackFolder(name);
  const file = stackFilePath(name);
  const before = readFileSync(file);
  if ((await stateOf(name, env)) === undefined) {
    const isByBackend = /^https?:/.test(backend.url);
    const isByKey = keys.secretsprovider !== undefined || args.some((arg) => arg.startsWith("--secrets-provider"));
    if (!isByBackend && !isByKey && !ownPassphrase()) throw new Error(noKey(name));
    // The engine notes the key in the stack's file, beside the project.
    const init = ["stack", "init", name, ...args, "--non-interactive"];
    await onDraft(file, (draft) => run("pulumi", init, { cwd: dirname(draft), env }).then(() => undefined), folder);
    say(`the stack ${name} is created in ${backend.url}`);
  }
  await sharedKeys(name, stackConfig(name).keys, backend);
  await onDraft(file, (draft) => makeMissingSecrets({ name, env, file: draft, config }), folder);
  if (before.equals(readFileSync(file))) return;
  say(
    `commit ${basename(file)}: it contains the encrypted secrets, and the key information that everyone needs to read them`,
  );
}

const noKey = (name: string): string =>
  [
    `choose how to encrypt the secrets of the stack ${name}:`,
    `  a KMS key        ${initWithKms(name)}`,
    `  a passphrase    PULUMI_CONFIG_PASSPHRASE=<passphrase> ${initCommand(name)}, and every later run with it`,
  ].join("\n");

/**
 * How the secrets of a stack are encrypted, which its file says, or else its state. Says where both are kept.
 * @param inFile what the stack's file says of it
 * @throws Error with the way out where the backend has no such stack, or nobody has said the passphrase
 */
export async function sharedKeys(name: string, inFile: Keys, { url, env }: Backend): Promise<Keys> {
  const state = await stateOf(name, env);
  if (state === undefined) {
    throw new Error(
      `${url} has no stack ${name}. To create it there, run \`${initCommand(name)}\`; if it is in another backend, set PULUMI_BACKEND_URL to it, or log in there: make pulumi STACK=${name} ARGS="login <url>"`,
    );
  }
  const keys = isEncrypting(inFile) ? inFile : { ...inFile, ...keysIn(state) };
  say(`the stack ${name}: state in ${url}, secrets encrypted ${inWords(keys)}`);
  if (keys.encryptionsalt !== undefined && !ownPassphrase()) throw new Error(noPassphrase(name));
  return keys;
}

const noPassphrase = (name: string): string =>
  `the secrets of the stack ${name} are encrypted with a passphrase: set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that contains it`;

const isEncrypting = ({ encryptionsalt, secretsprovider }: Keys): boolean =>
  encryptionsalt !== undefined || secretsprovider !== undefined;

/** What the state knows: a file that was never committed can do without. */
function keysIn({ deployment }: State): Keys {
  const { type, state = {} } = deployment?.secrets_providers ?? {};
  if (type === "passphrase" && state.salt !== undefined) return { encryptionsalt: state.salt };
  if (type !== "cloud" || state.url === undefined) return {};
  return { secretsprovider: state.url, ...(state.encryptedkey !== undefined && { encryptedkey: state.encryptedkey }) };
}

function inWords({ secretsprovider, encryptionsalt }: Keys): string {
  if (encryptionsalt !== undefined) return "with a passphrase";
  return secretsprovider === undefined ? "by the backend" : `by ${secretsprovider}`;
}
