// make status: where the stack runs, and when the certificates of its mesh expire; it fails where the stack is not deployed, or the testbed is not there.
import { testbedState } from "../testbed/cluster.ts";
import { inWords } from "../lib/systemError.ts";
import { stackCommand } from "./command.ts";
import { expiryText } from "./mesh/expiry.ts";
import { isShared } from "./stack/backend.ts";
import { openedStack } from "./stack/stack.ts";
import { stackFolder } from "./stack/stackFolder.ts";
import { heldIn, stateOf } from "./stack/state.ts";
import { described, isThere, kubeConfigOf, rememberedTarget, type Target } from "./stack/target.ts";

stackCommand(async (stackName) => {
  const target = isShared(stackName) ? await sharedTarget(stackName) : rememberedTarget(stackFolder(stackName));
  if (!target) throw new Error(`the stack ${stackName} is not deployed`);
  console.log(`the stack ${stackName} is deployed to ${described(target)}`);
  if (target.kind === "testbed") {
    const { state, instance } = await testbedState(target.name);
    if (state !== "running") throw new Error(`the testbed is ${state}: run \`make up STACK=${stackName}\``);
    console.log(`the testbed is ${state}; kubectl reaches it with KUBECONFIG=${instance?.kubeconfig ?? "(none)"}`);
  }
  if (!isThere(target)) return;
  // Whoever may not read Secrets, or is cut off from the cluster, has learnt the rest by now.
  const text = await expiryText(kubeConfigOf(target)).catch((error: unknown) => inWords(error));
  console.log(`\n${text}`);
});

/** Where a team's stack runs, if it holds anything. */
async function sharedTarget(name: string): Promise<Target | undefined> {
  const { target, env } = await openedStack(name);
  return heldIn(await stateOf(name, env)) > 0 ? target : undefined;
}
