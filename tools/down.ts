// make down: everything goes, the state last, so that a run that failed can be run again.
import { say, step } from "../lib/progress";
import { testbedDown } from "../testbed/cluster";
import { stackCommand } from "./command";
import { endForward } from "./mesh/entrance";
import { destroy } from "./stack/destroy";
import { takeTurn } from "./stack/recovery";
import { removeStackFolder, stackFolder } from "./stack/stackFolder";

stackCommand(async (stackName) => {
  await takeTurn(stackName);
  await destroy(stackName);
  await endForward(stackName);
  if (await step("taking the testbed down", () => testbedDown(stackName))) say("the testbed is gone");
  const kept = removeStackFolder(stackName);
  if (kept.length > 0) say(`${stackFolder(stackName)} keeps what the tools did not put there: ${kept.join(", ")}`);
});
