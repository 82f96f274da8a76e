// make init: a team's stack in its backend, with the secrets that nobody has to think up in its file. Once for each stack.
import { stackCommand } from "./command.ts";
import { takeTurn } from "./stack/recovery.ts";
import { initStack } from "./stack/sharedStack.ts";

stackCommand(async (stackName) => {
  await takeTurn(stackName);
  await initStack(stackName, process.argv.slice(2));
});
