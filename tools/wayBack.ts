// make way-back BEFORE=<commit>: the traffic settings of an earlier commit in the stack's file, and nothing else of it. `make up`
// then puts them on the mesh. What it prints is for the summary of a workflow.
import { basename } from "node:path";
import { inWords } from "../lib/systemError.ts";
import { command } from "./command.ts";
import { checkedStackFile } from "./stack/stack.ts";
import { stackConfig, stackFilePath } from "./stack/stackFile.ts";
import { existingStack } from "./stack/stackName.ts";
import { takeTrafficBack } from "./stack/trafficBefore.ts";

command(async () => {
  const { STACK = "local", BEFORE = "" } = process.env;
  const stack = existingStack(STACK);
  stackConfig(stack);
  const file = basename(stackFilePath(stack));
  const taken = await takeTrafficBack(file, BEFORE);
  try {
    checkedStackFile(stack);
  } catch (error) {
    taken.undo();
    throw new Error(
      `the traffic settings of ${taken.commit} do not fit the rest of ${file}: nothing was taken back\n${inWords(error)}`,
      { cause: error },
    );
  }
  const lines = [
    `**The traffic settings of the stack \`${stack}\` were taken back** to those of the commit ${taken.commit}:`,
    "",
    ...taken.what.map((each) => `- \`${each.replaceAll(/[`\p{Cc}]/gu, " ")}\``),
    "",
    "Everything else stays as it was merged. The branch still has the other rules: revert or mend them there, since the next",
    "deployment brings them back.",
  ];
  console.log(lines.join("\n"));
});
