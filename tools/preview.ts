// make preview: what `make up` would change, judged by the policy pack. ARGS=--diff shows all of it; other arguments are the engine's.
import { stackCommand } from "./command.ts";
import { enginePreview } from "./preview/engine.ts";
import { reportOf } from "./preview/report.ts";
import { takeTurn } from "./stack/recovery.ts";
import { chosenBy } from "./stack/stackName.ts";
import { openStack, policyArgs, pulumi } from "./stack/stack.ts";

const DIFF = "--diff";
const FOR_PROGRAMS = ["--json", "-j"];

stackCommand(async (stackName, contextName) => {
  const given = process.argv.slice(2);
  const args = [...given.filter((arg) => arg !== DIFF), ...policyArgs(stackName)];
  await takeTurn(stackName);
  const stack = await openStack(stackName, contextName);
  if (given.some((arg) => FOR_PROGRAMS.includes(arg))) return pulumi(stack, "preview", args);
  const preview = await enginePreview(stack, args);
  const chosen = chosenBy(stackName, contextName);
  process.stdout.write(reportOf(preview, `make preview${chosen} ARGS=${DIFF}`, given.includes(DIFF)));
  if (preview.failure !== undefined) throw preview.failure;
});
