// make bench: figures that hold on any machine, as ratios and counts measured in one run. PARTS="install shift hosts"
// chooses some of them.
import { rmSync } from "node:fs";
import { testbedDown } from "../testbed/cluster";
import { benchHosts } from "./bench/hosts";
import { benchInstall } from "./bench/install";
import { set } from "./bench/settings";
import { benchShift } from "./bench/shift";
import { command } from "./command";
import { takeTurn } from "./stack/recovery";
import { openStack, stackFolder, type Stack } from "./stack/stack";
import { table } from "./table";

const NAME = "bench";
const parts: Record<string, (stack: Stack) => Promise<string[][]>> = {
  install: benchInstall,
  shift: benchShift,
  hosts: benchHosts,
};

command(async () => {
  const chosen = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(parts);
  const unknown = chosen.filter((part) => !(part in parts));
  if (unknown.length > 0)
    throw new Error(`no part is called ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);
  await takeTurn(NAME);
  const tables: string[] = [];
  try {
    for (const part of chosen) {
      const stack = await openStack(NAME, undefined, "local");
      if (stack.target.kind !== "testbed")
        throw new Error("the benchmark needs fresh clusters: it runs on the testbed only");
      // What is measured is the mesh; the tools that look at it take their own time to start.
      set(stack, "mesh:observability", { enabled: false });
      tables.push(table((await parts[part]?.(stack)) ?? []));
    }
  } finally {
    await testbedDown(NAME);
    rmSync(stackFolder(NAME), { recursive: true, force: true });
  }
  console.log(`\n${tables.join("\n\n")}\n`);
});
