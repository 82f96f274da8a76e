// make preview: what `make up` would change, judged by the policy pack.
import { command, contextName, stackName } from "./command";
import { takeTurn } from "./stack/recovery";
import { openStack, policyArgs, pulumi } from "./stack/stack";

command(async () => {
  await takeTurn(stackName);
  const stack = await openStack(stackName, contextName);
  await pulumi(stack, "preview", ["--diff", ...policyArgs(stack.name)]);
});
