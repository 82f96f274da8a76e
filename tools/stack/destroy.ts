// The end of a stack: before its state goes, what the state knows of is gone.
import { existsSync } from "node:fs";
import { say } from "../../lib/progress";
import { pulumiAlone } from "../programs/programs";
import { recover } from "./recovery";
import { backend, openedStack, ownBackend, pulumi } from "./stack";
import { backendFolder, stackFolder } from "./stackFolder";
import { heldIn, stateOf } from "./state";
import { rememberedTarget } from "./target";

/**
 * Destroys what the stack has made. On the testbed nothing has to be destroyed, which goes with all that ran on it, unless
 * a backend of the user's would go on to know of it.
 * @throws Error where something stays that only the state knows of
 */
export async function destroy(name: string): Promise<void> {
  const target = rememberedTarget(stackFolder(name));
  if (target?.kind === "testbed" && !ownBackend()) return;
  const held = await heldBy(name);
  if (held === 0) {
    say(`the stack ${name} holds nothing`);
    return;
  }
  if (!target) {
    throw new Error(
      `the stack ${name} has ${held} resources in its state, and this checkout does not know on which cluster: run \`make preview STACK=${name}\`, with its CONTEXT if it has one, and \`make down\` again`,
    );
  }
  const stack = await openedStack(name);
  await recover(stack);
  await pulumi(stack, "destroy", ["--yes", "--skip-preview"]).catch((error: unknown) => {
    say("if the cluster itself is gone, nothing can be destroyed there any more: let the state forget it, with");
    say(`  make pulumi STACK=${name} ARGS="state delete --all --yes"`);
    say("and run `make down` again");
    throw error;
  });
  say("Istio's CustomResourceDefinitions stay, as its base chart wants: other releases may use them");
}

/** How much the stack's state holds. Nobody has to know its passphrase for that. */
async function heldBy(name: string): Promise<number> {
  if (!ownBackend() && !existsSync(backendFolder(name))) return 0;
  const { env } = await pulumiAlone();
  return heldIn(await stateOf(name, { ...env, ...backend(name) }));
}
