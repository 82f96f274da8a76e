// The end of a stack: before its state goes, what the state knows of is gone.
import { existsSync } from "node:fs";
import { say } from "../../lib/progress.ts";
import { watchingTerminating } from "../mesh/terminating.ts";
import { pulumiAlone } from "../programs/programs.ts";
import { recover } from "./recovery.ts";
import { backendOf, isShared, ownBackend, THROW_AWAY } from "./backend.ts";
import { openedStack, pulumi } from "./stack.ts";
import { backendFolder, stackFolder } from "./stackFolder.ts";
import { heldIn, refuseProtected, stateOf, type State } from "./state.ts";
import { rememberedTarget } from "./target.ts";

/**
 * Destroys what the stack has made. On the testbed nothing has to be destroyed, which goes with all that ran on it, unless
 * a backend of the user's would go on to know of it.
 * @param onLine gets each line that the engine prints, instead of the terminal
 * @throws Error where something stays that only the state knows of
 */
export async function destroy(name: string, onLine?: (line: string) => void): Promise<void> {
  const target = rememberedTarget(stackFolder(name));
  if (target?.kind === "testbed" && ownBackend(name) === undefined) return;
  const state = await knownState(name);
  const held = heldIn(state);
  if (held === 0) {
    say(`the stack ${name} is empty`);
    return;
  }
  refuseProtected(name, state);
  if (!target && !isShared(name)) {
    throw new Error(
      `the stack ${name} has ${held} resources in its state, but this checkout does not know their cluster: run \`make preview STACK=${name}\`, with its CONTEXT if it has one, and \`make down\` again`,
    );
  }
  const consent = consentTo(name);
  const stack = await openedStack(name);
  await recover(stack);
  await watchingTerminating(stack, () => pulumi(stack, "destroy", consent, onLine)).catch((error: unknown) => {
    say("if the cluster no longer exists, remove its resources from the state with");
    say(`  make pulumi STACK=${name} ARGS="state delete --all --yes"`);
    say("and run `make down` again");
    throw error;
  });
  say("Istio's CustomResourceDefinitions remain, as its base chart requires: other releases may use them");
}

/**
 * How the engine is told to destroy: the stack local at once, like one that was made to measure, any other after its preview, which
 * somebody says yes to.
 * @throws Error where nobody can be asked
 */
function consentTo(name: string): readonly string[] {
  if (name === "local" || name === THROW_AWAY) return ["--yes", "--skip-preview"];
  if (process.env.YES === "1") return ["--yes"];
  if (process.stdin.isTTY && process.stdout.isTTY) return [];
  throw new Error(
    `make down would destroy the stack ${name}, and there is no terminal to confirm it: add YES=1 to confirm`,
  );
}

/** The stack's state, if there is any. Nobody has to know its passphrase for that. */
async function knownState(name: string): Promise<State | undefined> {
  if (!isShared(name) && ownBackend(name) === undefined && !existsSync(backendFolder(name))) return undefined;
  const { env } = await pulumiAlone();
  return stateOf(name, (await backendOf(name, env)).env);
}
