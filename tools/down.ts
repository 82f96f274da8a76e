// make down: everything goes, the state last, so that a run that failed can be run again.
import { existsSync } from "node:fs";
import { say, step } from "../lib/progress.ts";
import { testbedDown } from "../testbed/cluster.ts";
import { stackCommand } from "./command.ts";
import { endForward } from "./mesh/endpoint.ts";
import { isShared } from "./stack/backend.ts";
import { destroy } from "./stack/destroy.ts";
import { takeTurn } from "./stack/recovery.ts";
import { backendFolder, removeStackFolder, STATE_IN_CHECKOUT, stackFolder } from "./stack/stackFolder.ts";

stackCommand(async (stackName) => {
  await takeTurn(stackName);
  await destroy(stackName);
  await endForward(stackName);
  if (await step("deleting the testbed", () => testbedDown(stackName))) say("the testbed is deleted");
  const former = isShared(stackName) && existsSync(backendFolder(stackName));
  const kept = removeStackFolder(stackName, undefined, former ? STATE_IN_CHECKOUT : []);
  if (former) say(`${backendFolder(stackName)} has older state, which is kept`);
  if (kept.length > 0) say(`${stackFolder(stackName)} keeps files that the tools did not create: ${kept.join(", ")}`);
});
