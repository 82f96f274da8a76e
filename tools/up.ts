// make up: the stack on its cluster, and the measured result. ARGS=--refresh looks at the cluster first, and puts back what somebody
// changed by hand.
import { parseArgs } from "node:util";
import { ISTIO_NAMESPACES } from "../components/istio/namespace.ts";
import { until } from "../lib/process.ts";
import { step } from "../lib/progress.ts";
import { stackCommand } from "./command.ts";
import { endpointOf } from "./mesh/endpoint.ts";
import { fetchPage } from "./mesh/page.ts";
import { sayDiskUse } from "./cache/diskUse.ts";
import { summary } from "./mesh/summary.ts";
import { hasBegun, withEvents } from "./preview/engine.ts";
import { CLOUD } from "./programs/programs.ts";
import { sayShortage, sayUnready } from "./mesh/obstacles.ts";
import { recover, takeTurn } from "./stack/recovery.ts";
import { keepKubeconfig, openStack, outputsOf, policyArgs } from "./stack/stack.ts";
import { coreApiOf } from "./stack/target.ts";

stackCommand(async (stackName, contextName) => {
  const { values } = parseArgs({ options: { refresh: { type: "boolean", default: false } } });
  const refresh = values.refresh ? ["--refresh"] : [];
  await takeTurn(stackName);
  const stack = await openStack(stackName, contextName);
  if (stack.standIns.includes(CLOUD) && !process.env.MESH_EKS_KUBECONFIG) {
    throw new Error(
      `${CLOUD} is unavailable here, so nothing can be created in AWS; \`make preview STACK=${stackName}\` shows the planned resources`,
    );
  }
  await recover(stack);
  await sayShortage(stack);
  // With its preview: what the policy pack forbids stops before anything is made.
  const { events, failure } = await withEvents(stack, ["up", "--yes", ...refresh, ...policyArgs(stack.name)]);
  if (failure && !hasBegun(events)) throw new Error("pulumi up failed in its preview: nothing was changed");
  if (failure) {
    await sayUnready(stack);
    throw failure;
  }
  await keepKubeconfig(stack);

  const outputs = await outputsOf(stack);
  const { bookinfo } = outputs as { bookinfo?: { namespace: string } };
  if (!bookinfo) return;
  const endpoint = await endpointOf(stack, outputs);
  await step("waiting for the product page", () =>
    until("the product page", 60, async () => {
      const page = await fetchPage(endpoint, 5000).catch(() => undefined);
      return page?.status === 200 || undefined;
    }),
  );
  console.log(await summary(coreApiOf(stack.target), endpoint, [...ISTIO_NAMESPACES, bookinfo.namespace]));
  await sayDiskUse();
});
