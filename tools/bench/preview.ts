// What a preview in which nothing changes costs against that of a program which declares nothing.
import { policyArgs, pulumi, type Stack } from "../stack/stack.ts";
import { compared } from "./compared.ts";
import { emptyStack } from "./emptyStack.ts";
import type { Measured } from "./part.ts";

export async function benchPreview(stack: Stack): Promise<Measured> {
  const pack = policyArgs("local");
  await pulumi(stack, "up", ["--yes", "--skip-preview", ...pack]);
  const empty = await emptyStack();
  try {
    const rows = await compared(
      "a preview of the stack, unchanged",
      { run: () => pulumi(stack, "preview", ["--suppress-progress", ...pack]) },
      {
        "an empty program, with the policy pack": { run: () => empty.preview(...pack) },
        "an empty program": { run: () => empty.preview() },
      },
    );
    return {
      rows,
      reason: "an empty program has nothing to compare and nothing to judge",
    };
  } finally {
    empty.remove();
  }
}
