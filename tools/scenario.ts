// make scenario NAME=…: a ready-made set of rules on the stack, verified by requests. NAME=none goes back to the stack file.
import { say } from "../lib/progress";
import { scenarios } from "../scenarios";
import { scenarioOf } from "../scenarios/scenarioOf";
import { stackCommand } from "./command";
import { trialCertificates } from "./mesh/trialCertificates";
import { recover, takeTurn } from "./stack/recovery";
import { rememberedScenario, rememberScenario } from "./stack/scenarioChoice";
import { openStack, outputsOf, policyArgs, pulumi } from "./stack/stack";
import { stackFolder } from "./stack/stackFolder";
import { kubeConfigOf } from "./stack/target";
import { declaredOf } from "../verify/declared";
import { wrongIn } from "../verify/findings";
import { report } from "../verify/report";
import { verifyStack } from "../verify/verify";

const NONE = "none";

stackCommand(async (stackName, contextName) => {
  const [name = ""] = process.argv.slice(2);
  const scenario = scenarioOf(name);
  if (!scenario && name !== NONE) {
    const known = [...scenarios.map(({ id }) => id), NONE].join(", ");
    throw new Error(`${name === "" ? "NAME=… is missing" : `there is no scenario ${name}`}; there are ${known}`);
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
  if (wrongIn(findings) > 0) throw new Error(`the scenario ${scenario.id} does not hold: see above`);
});
