// make verify: what the stack declares about traffic, held against real requests. ARGS=--json prints it for programs;
// ARGS=--provoke lets services fail, for requests of this run only, so that timeouts, retries and ejection show as well.
import { parseArgs } from "node:util";
import { stackCommand } from "./command.ts";
import { openedStack } from "./stack/stack.ts";
import { wrongIn } from "../verify/findings.ts";
import { asJson, report } from "../verify/report.ts";
import { verifyStack } from "../verify/verify.ts";

stackCommand(async (stackName) => {
  const { values } = parseArgs({
    options: { json: { type: "boolean", default: false }, provoke: { type: "boolean", default: false } },
  });
  const stack = await openedStack(stackName);
  const findings = await verifyStack(stack, values);
  console.log(values.json ? asJson(stack.name, findings) : report(findings));
  if (wrongIn(findings) > 0) throw new Error("some checks failed: see above");
});
