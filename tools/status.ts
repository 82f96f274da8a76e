// make status: where the stack runs, and whether that is there.
import { testbedState } from "../testbed/cluster";
import { command, stackName } from "./command";
import { stackFolder } from "./stack/stack";
import { described, rememberedTarget } from "./stack/target";

command(async () => {
  const target = rememberedTarget(stackFolder(stackName));
  if (!target) {
    console.log(`the stack ${stackName} is not up`);
    return;
  }
  console.log(`the stack ${stackName} runs on ${described(target)}`);
  if (target.kind === "testbed") {
    const { state, instance } = await testbedState(target.name);
    console.log(`the testbed is ${state}; kubectl reaches it with KUBECONFIG=${instance?.kubeconfig ?? "(none)"}`);
  }
});
