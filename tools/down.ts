// make down: everything goes, the state last, so that a run that failed can be run again.
import { existsSync } from "node:fs";
import { say, step } from "../lib/progress.ts";
import { testbedDown } from "../testbed/cluster.ts";
import { stackCommand } from "./command.ts";
import { endForward } from "./mesh/entrance.ts";
import { isShared } from "./stack/backend.ts";
import { destroy } from "./stack/destroy.ts";
import { takeTurn } from "./stack/recovery.ts";
import { backendFolder, removeStackFolder, STATE_IN_CHECKOUT, stackFolder } from "./stack/stackFolder.ts";

stackCommand(async (stackName) => {
  await takeTurn(stackName);
  await destroy(stackName);
  await endForward(stackName);
  if (await step("taking the testbed down", () => testbedDown(stackName))) say("the testbed is gone");
  const former = isShared(stackName) && existsSync(backendFolder(stackName));
  const kept = removeStackFolder(stackName, undefined, former ? STATE_IN_CHECKOUT : []);
  if (former) say(`${backendFolder(stackName)} has a state from before, of which nothing is removed`);
  if (kept.length > 0) say(`${stackFolder(stackName)} keeps what the tools did not put there: ${kept.join(", ")}`);
});
