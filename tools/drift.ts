// make drift: what is not as the last deployment left it. ARGS=--json prints it for programs. The exit code of `tools/run drift` is
// 0 where all is as it was, 2 where something is not, and 1 where that could not be told; make makes 2 of both.
import { parseArgs } from "node:util";
import { stackCommand } from "./command.ts";
import { enginePreview } from "./preview/engine.ts";
import { takeTurn } from "./stack/recovery.ts";
import { openedStack } from "./stack/stack.ts";
import { driftIn, driftText } from "../report/drift.ts";

const DRIFTED = 2;

stackCommand(async (stackName) => {
  const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
  await takeTurn(stackName);
  const stack = await openedStack(stackName);
  const { events, failure } = await enginePreview(stack, ["--refresh"]);
  if (failure !== undefined) throw failure;
  const drift = driftIn(stackName, events);
  if (values.json) console.log(JSON.stringify(drift, null, 2));
  else console.log(driftText(drift) ?? `the stack ${stackName} is as it was deployed`);
  if (drift.drifted.length > 0) process.exitCode = DRIFTED;
});
