import { takeTurn } from "../stack/recovery.ts";
import { openStack, policyArgs } from "../stack/stack.ts";
import { enginePreview } from "./engine.ts";

/**
 * Previews a stack with its policies, for who reads the events alone.
 * @param context of the kubeconfig; empty for that of the stack
 */
export async function stackPreview(name: string, context: string): ReturnType<typeof enginePreview> {
  await takeTurn(name);
  return enginePreview(await openStack(name, context === "" ? undefined : context), policyArgs(name));
}
