// make pulumi ARGS="…": the engine on the stack, with everything that the other commands set up for it.
import { stackCommand } from "./command";
import { setSecret } from "./stack/setSecret";
import { openedStack, pulumi } from "./stack/stack";
import { refuseProtected, stateOf } from "./stack/state";

stackCommand(async (stackName) => {
  const [name = "about", ...args] = process.argv.slice(2);
  if (name === "config" && args.some((arg) => ["set", "set-all"].includes(arg))) await setSecret(stackName, args);
  else {
    const stack = await openedStack(stackName);
    // Who names what is to go, or what is to stay, has the engine's own word for it.
    const isWhole = !args.some((arg) => /^(--target|-t$|--exclude)/.test(arg));
    if (name === "destroy" && isWhole) refuseProtected(stackName, await stateOf(stackName, stack.env));
    await pulumi(stack, name, args);
  }
});
