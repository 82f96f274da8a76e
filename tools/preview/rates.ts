// What the stack's Prometheus has counted, where it can be reached.
import type { AddonPlace } from "../../components/observability/addon.ts";
import { noRates, ratesOf, type Rates } from "../../report/rates.ts";
import { prometheusAt } from "../../verify/metrics.ts";
import { keepKubeconfig, outputsOf, type Stack } from "../stack/stack.ts";
import { isThere, kubeConfigOf } from "../stack/target.ts";
import type { Step } from "./events.ts";

/** So long, in milliseconds, the report waits for Prometheus. */
const PATIENCE = 5000;

/** Nothing of it fails: a report without numbers is a report. */
export async function stackRates(stack: Stack, steps: readonly Step[]): Promise<Rates> {
  if (!steps.some(hasPrometheus)) return noRates("the stack has no Prometheus");
  const asked = ask(stack).catch(() => noRates(UNREACHABLE));
  return Promise.race([asked, afterwards(PATIENCE)]);
}

const UNREACHABLE = "Prometheus could not be reached";

const hasPrometheus = ({ type, name, before }: Step) =>
  type === "kubernetes:helm.sh/v3:Release" &&
  before !== undefined &&
  (name === "prometheus" || before.name === "prometheus");

const afterwards = (patience: number): Promise<Rates> =>
  new Promise((resolve) => {
    setTimeout(() => {
      resolve(noRates(UNREACHABLE));
    }, patience);
  });

async function ask(stack: Stack): Promise<Rates> {
  const { observability } = (await outputsOf(stack)) as { observability?: { prometheus?: AddonPlace } };
  const place = observability?.prometheus;
  if (place === undefined) return noRates("the stack has no Prometheus");
  if (!isThere(stack.target)) await keepKubeconfig(stack);
  return ratesOf(await prometheusAt(kubeConfigOf(stack.target), place));
}
