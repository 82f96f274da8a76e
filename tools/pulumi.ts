// make pulumi ARGS="…": the engine on the stack, with everything that the other commands set up for it.
import { stackCommand } from "./command";
import { openedStack, pulumi } from "./stack/stack";

stackCommand(async (stackName) => {
  const [name = "about", ...args] = process.argv.slice(2);
  await pulumi(await openedStack(stackName), name, args);
});
