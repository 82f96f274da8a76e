// make suggest: the least that the stack file has to allow for the calls that were counted lately. SINCE=2h says how lately.
import { stackCommand } from "./command.ts";
import { checkedStackFile, openedStack, outputsOf } from "./stack/stack.ts";
import { kubeConfigOf } from "./stack/target.ts";
import { callsIn, declaredIn } from "./suggest/calls.ts";
import { suggestText } from "./suggest/text.ts";
import { secondsIn, trafficOf } from "./suggest/traffic.ts";
import type { AddonPlace } from "../components/observability/addon.ts";
import { step } from "../lib/progress.ts";
import { settingsByName } from "../settings/parse.ts";
import { withTrafficFiles } from "../settings/trafficFiles.ts";
import { prometheusAt } from "../verify/metrics.ts";

const SINCE = "24h";

stackCommand(async (stackName) => {
  const [since = ""] = process.argv.slice(2);
  const asked = secondsIn(since === "" ? SINCE : since);
  const stack = await openedStack(stackName);
  const { ingress, observability } = (await outputsOf(stack)) as {
    ingress?: unknown;
    observability?: { prometheus?: AddonPlace };
  };
  if (!ingress) throw new Error(`the stack ${stackName} is not deployed: run \`make up\``);
  const place = observability?.prometheus;
  if (!place) {
    throw new Error(
      "the stack has no Prometheus, which counts who calls whom: enable mesh:observability.prometheus, run `make up`, and send requests",
    );
  }
  const { config } = checkedStackFile(stackName);
  const declared = declaredIn(withTrafficFiles(settingsByName(config), "mesh").settings);
  const { counted, seconds } = await step("asking Prometheus who called whom", async () =>
    trafficOf(await prometheusAt(kubeConfigOf(stack.target), place), asked),
  );
  console.log(suggestText(callsIn(counted, declared), declared, seconds, asked));
});
