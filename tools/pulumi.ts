// make pulumi ARGS="…": the engine on the stack, with everything that the other commands set up for it.
import { stackCommand } from "./command";
import { setSecret } from "./stack/setSecret";
import { openedStack, pulumi } from "./stack/stack";

stackCommand(async (stackName) => {
  const [name = "about", ...args] = process.argv.slice(2);
  if (name === "config" && args.some((arg) => ["set", "set-all"].includes(arg))) await setSecret(stackName, args);
  else await pulumi(await openedStack(stackName), name, args);
});
