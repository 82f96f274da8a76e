// make status: where the stack runs; it fails where the stack is not up, or the testbed is not there.
import { testbedState } from "../testbed/cluster";
import { stackCommand } from "./command";
import { stackFolder } from "./stack/stackFolder";
import { described, rememberedTarget } from "./stack/target";

stackCommand(async (stackName) => {
  const target = rememberedTarget(stackFolder(stackName));
  if (!target) throw new Error(`the stack ${stackName} is not up`);
  console.log(`the stack ${stackName} runs on ${described(target)}`);
  if (target.kind === "testbed") {
    const { state, instance } = await testbedState(target.name);
    if (state !== "running") throw new Error(`the testbed is ${state}: run \`make up STACK=${stackName}\``);
    console.log(`the testbed is ${state}; kubectl reaches it with KUBECONFIG=${instance?.kubeconfig ?? "(none)"}`);
  }
});
