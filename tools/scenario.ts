// make scenario NAME=…: a ready-made set of rules on the stack, verified by requests. NAME=none goes back to the stack file.
import { say } from "../lib/progress.ts";
import { scenarios } from "../scenarios/index.ts";
import { scenarioOf } from "../scenarios/scenarioOf.ts";
import { stackCommand } from "./command.ts";
import { trialCertificates } from "./mesh/trialCertificates.ts";
import { recover, takeTurn } from "./stack/recovery.ts";
import { rememberedScenario, rememberScenario } from "./stack/scenarioChoice.ts";
import { openStack, outputsOf, policyArgs, pulumi } from "./stack/stack.ts";
import { stackFolder } from "./stack/stackFolder.ts";
import { kubeConfigOf } from "./stack/target.ts";
import { declaredOf } from "../verify/declared.ts";
import { wrongIn } from "../verify/findings.ts";
import { report } from "../verify/report.ts";
import { verifyStack } from "../verify/verify.ts";

const NONE = "none";

stackCommand(async (stackName, contextName) => {
  const [name = ""] = process.argv.slice(2);
  const scenario = scenarioOf(name);
  if (!scenario && name !== NONE) {
    const known = [...scenarios.map(({ id }) => id), NONE].join(", ");
    throw new Error(`${name === "" ? "NAME=… is missing" : `there is no scenario ${name}`}; available: ${known}`);
  }
  if (scenario) say(`${scenario.description}\n  after ${scenario.task}`);

  await takeTurn(stackName);
  const folder = stackFolder(stackName);
  const before = rememberedScenario(folder);
  rememberScenario(folder, scenario?.id);
  const stack = await openStack(stackName, contextName).catch((error: unknown) => {
    // It cannot be had on this stack: what held before goes on to hold.
    rememberScenario(folder, before);
    throw error;
  });
  await recover(stack);
  await pulumi(stack, "up", ["--yes", "--skip-preview", ...policyArgs(stack.name)]);
  const [{ gateways }, { ingress }] = await Promise.all([declaredOf(stack), outputsOf(stack)]);
  const { namespace } = ingress as { namespace: string };
  await trialCertificates(kubeConfigOf(stack.target), namespace, gateways);
  if (!scenario) return;
  const findings = await verifyStack(stack, { provoke: true });
  console.log(report(findings));
  if (wrongIn(findings) > 0) throw new Error(`the scenario ${scenario.id} failed: see above`);
});
