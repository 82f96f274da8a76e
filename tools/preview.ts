// make preview: what `make up` would change, judged by the policy pack.
import { stackCommand } from "./command";
import { takeTurn } from "./stack/recovery";
import { openStack, policyArgs, pulumi } from "./stack/stack";

stackCommand(async (stackName, contextName) => {
  await takeTurn(stackName);
  const stack = await openStack(stackName, contextName);
  await pulumi(stack, "preview", ["--diff", ...policyArgs(stack.name)]);
});
