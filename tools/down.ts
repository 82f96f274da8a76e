// make down: everything goes, the state last, so that a run that failed can be run again.
import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { say, step } from "../lib/progress";
import { testbedDown } from "../testbed/cluster";
import { command, stackName } from "./command";
import { endForward } from "./mesh/entrance";
import { recover, takeTurn } from "./stack/recovery";
import { openedStack, pulumi, stackFolder } from "./stack/stack";
import { rememberedTarget } from "./stack/target";

command(async () => {
  const target = rememberedTarget(stackFolder(stackName));
  if (target) {
    await takeTurn(stackName);
    if (target.kind !== "testbed") {
      const stack = await openedStack(stackName);
      await recover(stack);
      await pulumi(stack, "destroy", ["--yes", "--skip-preview"]).catch((error: unknown) => {
        say(`if the cluster itself is gone, there is nothing to destroy: remove ${stackFolder(stackName)}`);
        throw error;
      });
      say("Istio's CustomResourceDefinitions stay, as its base chart wants: other releases may use them");
    }
    await endForward(stackName);
  }
  // The testbed takes all that ran on it along.
  if (await step("taking the testbed down", () => testbedDown(stackName))) say("the testbed is gone");
  const folder = stackFolder(stackName);
  rmSync(folder, { recursive: true, force: true });
  const others = dirname(folder);
  if (existsSync(others) && readdirSync(others).length === 0) rmdirSync(others);
});
