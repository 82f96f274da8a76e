// Secrets that nobody has to think up: made once for a stack, encrypted at once, kept in a stack file.
import { randomBytes } from "node:crypto";
import { say } from "../../lib/progress.ts";
import { run } from "../../lib/run.ts";
import { pathText } from "../../lib/schema/problems.ts";
import { GENERATED_LENGTH } from "../../settings/generatedSecrets.ts";
import { missingSecretsIn } from "../../settings/parse.ts";
import { checkout } from "./checkout.ts";
import type { Config } from "./keptSecrets.ts";
import { readStackFileCopy } from "./stackFileCopy.ts";

/**
 * Makes the secrets that the stack needs and does not have. The engine encrypts each before it is written anywhere; a
 * value goes to it by its standard input, where no list of processes shows it.
 */
export async function makeMissingSecrets({
  name,
  env,
  file,
  config = readStackFileCopy(file).config,
}: {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** The file that is to hold them, as a draft. */
  readonly file: string;
  /** @default - what the file says, which is a copy */
  readonly config?: Config;
}): Promise<void> {
  for (const { path, what } of missingSecretsIn(config)) {
    const key = `mesh:${pathText(path)}`;
    say(`making ${what} (${key})`);
    const args = ["config", "set", "--secret", "--path", key, "--stack", name, "--config-file", file];
    const string = randomBytes(GENERATED_LENGTH / 2).toString("hex");
    await run("pulumi", [...args, "--non-interactive"], { cwd: checkout, env, stdin: { string } });
  }
}
