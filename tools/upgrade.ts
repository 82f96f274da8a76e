// make upgrade TO=1.32.0: prints the steps to another version of Istio, as the pull requests that they would be. It changes nothing.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { settingsByName } from "../settings/parse.ts";
import { stackCommand } from "./command.ts";
import { checkedStackFile } from "./stack/stack.ts";
import { stackFilePath } from "./stack/stackFile.ts";
import { chosenBy } from "./stack/stackName.ts";
import { upgradePlan } from "./upgrade/plan.ts";
import { planText } from "./upgrade/text.ts";

/** It is all that there is, and may be said. */
const PLAN = "--plan";

stackCommand(async (stackName, contextName) => {
  const unknown = process.argv.slice(2).filter((arg) => arg !== PLAN);
  if (unknown.length > 0) throw new Error(`ARGS has no place for anything but ${PLAN}`);
  const settings = settingsByName(checkedStackFile(stackName).config);
  const plan = upgradePlan(settings, process.env.TO ?? "");
  const chosen = chosenBy(stackName, contextName);
  const file = stackFilePath(stackName);
  console.log(planText(plan, basename(file), readFileSync(file, "utf8"), chosen));
  return Promise.resolve();
});
