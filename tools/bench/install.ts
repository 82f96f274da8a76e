// What `pulumi up` costs against the raw work, each on a fresh testbed.
import { say } from "../../lib/progress.ts";
import { testbedDown, testbedUp } from "../../testbed/cluster.ts";
import { policyArgs, pulumi, type Stack } from "../stack/stack.ts";
import { instanceOf, type TestbedTarget } from "../stack/target.ts";
import { ByHand, resourcesOf, type Resource } from "./byHand.ts";
import { compared, type Work } from "./compared.ts";
import type { Measured } from "./part.ts";

/** @param reopen takes what is gone out of the state, and makes the testbed anew */
export async function benchInstall(stack: Stack, reopen: () => Promise<unknown>): Promise<Measured> {
  let resources: readonly Resource[] = [];
  const anew = () => testbedDown(stack.name);
  const raw = (work: (hand: ByHand) => Promise<void>): Work => ({
    prepare: async () => {
      await anew();
      await testbedUp(stack.name);
    },
    run: () => work(new ByHand(stack.name, instanceOf(stack.target as TestbedTarget).kubeconfig, resources)),
  });
  const rows = await compared(
    "all of an installation",
    {
      prepare: async () => {
        await anew();
        await reopen();
      },
      run: async () => {
        await pulumi(stack, "up", ["--yes", "--skip-preview", ...policyArgs("local")]);
        if (resources.length === 0) resources = await resourcesOf(stack);
        say("installed by pulumi up");
      },
    },
    {
      "helm and kubectl": raw((hand) => hand.helmAndKubectl()),
      "istioctl and kubectl": raw((hand) => hand.istioctlAndKubectl()),
    },
  );
  return {
    rows,
    reason: "the policy pack judges each object before it is made, and the state is written after each",
  };
}
