// After the machine was restarted, or the testbed was ended by other means than `make down`: nothing of it is there any more.
import { say } from "../../lib/progress.ts";
import { run } from "../../lib/run.ts";
import { testbedState } from "../../testbed/cluster.ts";
import { checkout } from "./checkout.ts";
import { passphraseEnv, passphraseIn } from "./passphrase.ts";
import { stackFolder } from "./stackFolder.ts";
import { heldIn, stateOf } from "./state.ts";
import type { TestbedTarget } from "./target.ts";

/**
 * Takes what ran on a testbed that is gone out of the state of its stack, before another testbed is made in its place. The engine
 * would ask the new one for everything, and stop at the first thing that is missing.
 */
export async function forgetLostTestbed(
  { name: testbed }: TestbedTarget,
  stack: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  if ((await testbedState(testbed)).state === "running") return;
  if (heldIn(await stateOf(stack, env)) === 0) return;
  say("the testbed was ended without `make down`, with all that ran on it: making it anew");
  const whole = { ...env, ...passphraseEnv(() => passphraseIn(stackFolder(stack))) };
  await run("pulumi", ["state", "delete", "--all", "--yes", "--stack", stack, "--non-interactive"], {
    cwd: checkout,
    env: whole,
  });
}
