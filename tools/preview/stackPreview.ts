import { takeTurn } from "../stack/recovery.ts";
import { openStack, policyArgs, type Stack } from "../stack/stack.ts";
import { enginePreview } from "./engine.ts";

type Previewed = Awaited<ReturnType<typeof enginePreview>> & { readonly stack: Stack };

/**
 * Previews a stack with its policies, for who reads the events alone.
 * @param context of the kubeconfig; empty for that of the stack
 */
export async function stackPreview(name: string, context: string): Promise<Previewed> {
  await takeTurn(name);
  const stack = await openStack(name, context === "" ? undefined : context);
  return { stack, ...(await enginePreview(stack, policyArgs(name))) };
}
