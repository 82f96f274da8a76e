// make bench: figures that hold on any machine, as ratios and counts measured in one run. PARTS="install shift hosts check"
// chooses some of them.
import { testbedDown } from "../testbed/cluster.ts";
import { benchCheck } from "./bench/check.ts";
import { benchHosts } from "./bench/hosts.ts";
import { benchInstall } from "./bench/install.ts";
import { set } from "./bench/settings.ts";
import { benchShift } from "./bench/shift.ts";
import { command } from "./command.ts";
import { takeTurn } from "./stack/recovery.ts";
import { openStack, type Stack } from "./stack/stack.ts";
import { removeStackFolder } from "./stack/stackFolder.ts";
import { table } from "./table.ts";

const NAME = "bench";
type Part = () => Promise<string[][]>;
const parts: Record<string, Part> = {
  install: onStack(benchInstall),
  shift: onStack(benchShift),
  hosts: onStack(benchHosts),
  check: benchCheck,
};

command(async () => {
  const chosen = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(parts);
  const unknown = chosen.filter((part) => !(part in parts));
  if (unknown.length > 0)
    throw new Error(`there is no part named ${unknown.join(", ")}; available: ${Object.keys(parts).join(", ")}`);
  const tables: string[] = [];
  for (const part of chosen) tables.push(table((await parts[part]?.()) ?? []));
  console.log(`\n${tables.join("\n\n")}\n`);
});

/** A part that runs on a testbed of its own. */
function onStack(measure: (stack: Stack) => Promise<string[][]>): Part {
  return async () => {
    await takeTurn(NAME);
    try {
      const stack = await openStack(NAME, undefined, "local");
      if (stack.target.kind !== "testbed")
        throw new Error("the benchmark needs fresh clusters: it runs on the testbed only");
      // What is measured is the mesh; the tools that look at it take their own time to start.
      set(stack, "mesh:observability", { enabled: false });
      return await measure(stack);
    } finally {
      await testbedDown(NAME);
      removeStackFolder(NAME);
    }
  };
}
