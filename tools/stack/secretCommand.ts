import type { SecretCommand } from "../../settings/secrets.ts";
import { chosenBy } from "./stackName.ts";

/** What sets a secret of the stack by way of the tools, before its first `make up` and after. */
export const setWithMake =
  (stack: string): SecretCommand =>
  (key) => {
    const quoted = `config set --secret --path '${key}'`.replace(/["$`\\]/g, "\\$&");
    return `make pulumi${chosenBy(stack)} ARGS="${quoted}"`;
  };

/** What makes a team's stack, and the secrets that nobody has to think up. */
export const initCommand = (stack: string): string => `make init STACK=${stack}`;

/** The same, where the secrets are to be encrypted by a key of KMS. */
export const initWithKms = (stack: string): string =>
  `${initCommand(stack)} ARGS="--secrets-provider='awskms://alias/<key>?region=<region>'"`;
