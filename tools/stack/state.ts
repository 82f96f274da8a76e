// What the engine keeps of a stack, wherever that is.
import type { KubernetesObject } from "@kubernetes/client-node";
import { outcomeOf } from "../../lib/run.ts";
import { checkout } from "./checkout.ts";

export interface State {
  deployment?: {
    readonly resources?: readonly Resource[];
    readonly pending_operations?: readonly Operation[];
    /** How its secrets are encrypted: the salt where that is by a passphrase, the key's URL where that is by a cloud's. */
    readonly secrets_providers?: {
      readonly type?: string;
      readonly state?: { readonly salt?: string; readonly url?: string; readonly encryptedkey?: string };
    };
  };
}

export interface Operation {
  readonly type: string;
  readonly resource: Resource;
}

export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  /** URN of the component that it belongs to. */
  readonly parent?: string;
  /** When it was made, as RFC 3339 writes it. */
  readonly created?: string;
  /** Whether it has been replaced, and is about to go. */
  readonly delete?: boolean;
  /** Whether the engine refuses to delete it. */
  readonly protect?: boolean;
  readonly inputs?: KubernetesObject & { readonly name?: string; readonly namespace?: string };
  readonly outputs?: unknown;
}

/** The engine's exit code where a stack is not there. */
const NO_SUCH_STACK = 6;

/** The stack's state; undefined where the backend has no such stack. */
export async function stateOf(name: string, env: Readonly<Record<string, string>>): Promise<State | undefined> {
  const args = ["stack", "export", "--stack", name, "--non-interactive"];
  const { exitCode, stdout, stderr } = await outcomeOf("pulumi", args, { cwd: checkout, env });
  if (exitCode === 0) return JSON.parse(stdout) as State;
  if (exitCode === NO_SUCH_STACK) return undefined;
  throw new Error(`the state of the stack ${name} cannot be read:\n${stderr.trim()}`);
}

/** How much there is that only the state knows of: what was made, and what was being made. */
export const heldIn = ({ deployment }: State = {}): number =>
  (deployment?.resources?.length ?? 0) + (deployment?.pending_operations?.length ?? 0);

/**
 * Refuses to destroy a stack that has protected resources. The engine looks at each when its turn comes, and these come
 * last: without a preview, everything that depends on them is gone by then.
 * @throws Error that names them
 */
export function refuseProtected(name: string, { deployment }: State = {}): void {
  const guarded = (deployment?.resources ?? []).filter(({ protect }) => protect === true);
  if (guarded.length === 0) return;
  const lines = guarded.map(({ type, urn }) => `  ${type} ${urn.split("::").pop() ?? ""}`);
  throw new Error(
    [
      `the stack ${name} is protected, so nothing was destroyed:`,
      ...lines,
      `To destroy it, set protect to false under mesh:cluster.eks in Pulumi.${name}.yaml and run \`make up STACK=${name}\` first.`,
    ].join("\n"),
  );
}
