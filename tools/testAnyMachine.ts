// npm test, make test-any-machine: what needs no cluster. What was looked at before is looked at again where it has changed.
import { command } from "./command.ts";
import { runHere } from "./testing/runHere.ts";
import { checkSources } from "./testing/sources.ts";

command(async () => {
  await checkSources({ cached: true });
  await runHere("vitest", ["run", "--project", "unit", "--project", "rules"]);
});
