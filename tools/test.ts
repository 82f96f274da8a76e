// make test: style and types, then the tests; where some are chosen, those alone. What they run on is built first. CONTEXT=<name> takes
// a cluster of yours instead of the testbed: what needs none, then the guides of docs/, walked on that cluster.
import { delimiter, join } from "node:path";
import { obstacle } from "../testbed/cluster.ts";
import { goPrograms } from "../testbed/goPrograms.ts";
import { testbedPrograms } from "../testbed/parts.ts";
import { command } from "./command.ts";
import { engine, helmFolder } from "./programs/programs.ts";
import { kubeConfigOf } from "./stack/target.ts";
import { runHere } from "./testing/runHere.ts";
import { checkSources } from "./testing/sources.ts";

command(async () => {
  const context = process.env.CONTEXT ?? "";
  if (context !== "") return onClusterOf(context);
  const reason = obstacle();
  if (reason) {
    throw new Error(
      `the tests need a real cluster, and this machine cannot run the testbed: ${reason}; name one of yours with CONTEXT=<name>`,
    );
  }
  const programs = await testbedPrograms();
  const { env } = await engine();
  const folders = [programs.kubernetes, programs.istio, await helmFolder()].filter(Boolean);
  const environment = {
    ...env,
    PATH: [...folders, env.PATH ?? process.env.PATH].join(delimiter),
    ISTIO_CHARTS: join(programs.istioModule, "manifests/charts"),
    ENVOY_TYPES: await goPrograms("envoy-types"),
    ISTIO_SAMPLES: join(programs.istioModule, "samples"),
  };
  const given = process.argv.slice(2);
  if (given.length === 0) await checkSources();
  // One after the other: the measured ones look at what happens on the whole machine.
  const runs =
    given.length > 0
      ? [given]
      : [
          ["--project", "unit", "--project", "rules", "--project", "aws"],
          ["--project", "e2e"],
          ["--project", "measured"],
        ];
  for (const args of runs) await runHere("vitest", ["run", ...args], environment);
});

/** On a cluster of the user's, nothing is measured that takes the testbed's own proxies, hosts or clock. */
async function onClusterOf(context: string): Promise<void> {
  // A context that nobody knows is said before anything else.
  kubeConfigOf({ kind: "existing", context });
  await checkSources();
  await runHere("vitest", ["run", "--project", "unit", "--project", "rules"]);
  await runHere("vitest", ["run", "--project", "long", "walks"], { TEST_CONTEXT: context });
}
