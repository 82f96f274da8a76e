// make scenarios: what `make scenario NAME=…` can set up, one line each.
import { scenarios } from "../scenarios/index.ts";
import { stackCommand } from "./command.ts";
import { rememberedScenario } from "./stack/scenarioChoice.ts";
import { stackFolder } from "./stack/stackFolder.ts";
import { table } from "./table.ts";

stackCommand(async (stackName) => {
  const chosen = rememberedScenario(stackFolder(stackName));
  const row = (id: string, description: string) => [id === chosen ? `${id} *` : id, description];
  console.log(table([["SCENARIO", ""], ...scenarios.map(({ id, description }) => row(id, description))]));
  if (chosen !== undefined) console.log(`\n* active on the stack ${stackName}; \`make scenario NAME=none\` ends it`);
  await Promise.resolve();
});
