import { isShared } from "./backend.ts";
import { lostSecrets } from "./keptSecrets.ts";
import { takeTurn } from "./recovery.ts";
import { configure } from "./stack.ts";
import { stackConfig, stackFileCopy } from "./stackFile.ts";
import { readStackFileCopy } from "./stackFileCopy.ts";
import { stackFolder } from "./stackFolder.ts";

/**
 * Sets a secret in the copy of the stack's file, where the next `make up` finds it; of a team's stack, in its file itself,
 * and there anything else as well.
 * @throws Error where it is no secret, or where the stack file has no place for it
 */
export async function setSecret(stack: string, args: readonly string[]): Promise<void> {
  const { config: own } = stackConfig(stack);
  if (isShared(stack)) {
    await takeTurn(stack);
    return configure(stack, args);
  }
  if (!args.includes("--secret")) {
    throw new Error(
      `set only secrets this way, with --secret: put other settings in Pulumi.${stack}.yaml, which the next \`make up\` reads`,
    );
  }
  await takeTurn(stack);
  await configure(stack, args);
  const [lost] = lostSecrets(readStackFileCopy(stackFileCopy(stackFolder(stack), stack)).config, own);
  if (lost !== undefined) {
    throw new Error(
      `Pulumi.${stack}.yaml has no section for the secret ${lost}: add the section, or the next \`make up\` deletes the secret`,
    );
  }
}
