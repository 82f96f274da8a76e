// make up: the stack on its cluster, and the measured result. ARGS=--refresh looks first for what was changed or deleted by hand,
// and puts it back; other arguments are the engine's.
import { ISTIO_NAMESPACES } from "../components/istio/namespace.ts";
import { until } from "../lib/process.ts";
import { step } from "../lib/progress.ts";
import { stackCommand } from "./command.ts";
import { endpointOf } from "./mesh/endpoint.ts";
import { fetchPage } from "./mesh/page.ts";
import { sayDiskUse } from "./cache/diskUse.ts";
import { summary } from "./mesh/summary.ts";
import { watchingTerminating } from "./mesh/terminating.ts";
import { hasBegun, withEvents } from "./preview/engine.ts";
import { CLOUD } from "./programs/programs.ts";
import { sayShortage, sayUnready } from "./mesh/obstacles.ts";
import { checkCharts } from "./stack/charts.ts";
import { recover, takeTurn } from "./stack/recovery.ts";
import { restoreReleases, sayMissing } from "./stack/missing.ts";
import { keepKubeconfig, openStack, outputsOf, policyArgs } from "./stack/stack.ts";
import { coreApiOf } from "./stack/target.ts";
import { openOrphanedWebhooks } from "./stack/webhooks.ts";

const REFRESH = ["--refresh", "-r"];

stackCommand(async (stackName, contextName) => {
  await takeTurn(stackName);
  const stack = await openStack(stackName, contextName);
  if (stack.standIns.includes(CLOUD) && !process.env.MESH_EKS_KUBECONFIG) {
    throw new Error(
      `${CLOUD} is unavailable here, so nothing can be created in AWS; \`make preview STACK=${stackName}\` shows the planned resources`,
    );
  }
  await checkCharts(stack);
  await recover(stack);
  await openOrphanedWebhooks(stack);
  const given = process.argv.slice(2);
  if (given.some((arg) => REFRESH.includes(arg))) await restoreReleases(stack);
  await sayShortage(stack);
  // With its preview: what the policy pack forbids stops before anything is made.
  const { events, failure } = await watchingTerminating(stack, () =>
    withEvents(stack, ["up", "--yes", ...given, ...policyArgs(stack.name)]),
  );
  if (failure && !hasBegun(events)) {
    throw new Error(["pulumi up failed in its preview: nothing was changed", ...failure.waysOut].join("\n"));
  }
  if (failure) {
    await sayUnready(stack);
    throw failure;
  }
  await keepKubeconfig(stack);
  await sayMissing(stack);

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
