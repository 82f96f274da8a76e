// make pulumi ARGS="…": the engine on the stack, with everything that the other commands set up for it.
import { stackCommand } from "./command.ts";
import { isShared } from "./stack/backend.ts";
import { setSecret } from "./stack/setSecret.ts";
import { initStack } from "./stack/sharedStack.ts";
import { keptStack, openedStack, pulumi, withoutStack } from "./stack/stack.ts";
import { refuseProtected, stateOf } from "./stack/state.ts";

/** Commands that choose the backend, or ask which it is: there may be no stack yet. */
const OF_NO_STACK = ["login", "logout", "whoami", "org"];

/** Commands that work on a state alone: a stack file that is wrong does not stand in their way. */
const OF_STATE = ["stack", "state", "cancel"];

stackCommand(async (stackName) => {
  const [name = "about", ...args] = process.argv.slice(2);
  if (OF_NO_STACK.includes(name)) await withoutStack(name, args);
  else if (name === "config" && args.some((arg) => ["set", "set-all"].includes(arg))) await setSecret(stackName, args);
  else if (name === "stack" && args[0] === "init") await initStack(stackName, args.slice(1));
  else {
    const isOfState = isShared(stackName) && OF_STATE.includes(name);
    const stack = isOfState ? await keptStack(stackName) : await openedStack(stackName);
    // Who names what is to go, or what is to stay, has the engine's own word for it.
    const isWhole = !args.some((arg) => /^(--target|-t$|--exclude)/.test(arg));
    if (name === "destroy" && isWhole) refuseProtected(stackName, await stateOf(stackName, stack.env));
    await pulumi(stack, name, args);
  }
});
