// make bench: what our commands take beside what one would call otherwise, as ratios of one run. PARTS="install shift preview hosts
// latency check" chooses some of them. What each measured is written into docs/bench.md, and its ratios into the README.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testbedDown } from "../testbed/cluster.ts";
import { benchCheck } from "./bench/check.ts";
import { cellsOf, HEAD, withPart, withRatios } from "./bench/document.ts";
import { benchHosts } from "./bench/hosts.ts";
import { benchInstall } from "./bench/install.ts";
import { benchLatency } from "./bench/latency.ts";
import type { Measured } from "./bench/part.ts";
import { benchPreview } from "./bench/preview.ts";
import { set } from "./bench/settings.ts";
import { benchShift } from "./bench/shift.ts";
import { TITLES, type Part } from "./bench/titles.ts";
import { command } from "./command.ts";
import { checkout } from "./stack/checkout.ts";
import { takeTurn } from "./stack/recovery.ts";
import { openStack, type Stack } from "./stack/stack.ts";
import { removeStackFolder } from "./stack/stackFolder.ts";
import { table } from "./table.ts";

const NAME = "bench";
const DOCUMENT = join(checkout, "docs/bench.md");
const README = join(checkout, "README.md");
const parts: Readonly<Record<Part, () => Promise<Measured>>> = {
  install: onStack(benchInstall),
  shift: onStack(benchShift),
  preview: onStack(benchPreview),
  hosts: onStack(benchHosts),
  latency: onStack(benchLatency),
  check: benchCheck,
};

command(async () => {
  const named = process.argv.slice(2);
  const unknown = named.filter((part) => !(part in parts));
  if (unknown.length > 0)
    throw new Error(`there is no part named ${unknown.join(", ")}; available: ${Object.keys(parts).join(", ")}`);
  for (const name of Object.keys(TITLES) as Part[]) {
    if (named.length > 0 && !named.includes(name)) continue;
    const measured = await parts[name]();
    // Each part is told, and written down, at once: the next ones take their time.
    console.log(`\n${table([HEAD, ...measured.rows.map(cellsOf)])}\n`);
    for (const fact of measured.facts ?? []) console.log(`  ${fact}`);
    const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, "utf8") : "";
    const document = await withPart(before, name, measured, new Date().toISOString().slice(0, 10));
    writeFileSync(DOCUMENT, document);
    writeFileSync(README, await withRatios(readFileSync(README, "utf8"), document));
  }
});

/** A part that runs on a testbed of its own. */
function onStack(measure: (stack: Stack, reopen: () => Promise<Stack>) => Promise<Measured>): () => Promise<Measured> {
  const open = async () => {
    const stack = await openStack(NAME, undefined, "local");
    if (stack.target.kind !== "testbed")
      throw new Error("the benchmark needs fresh clusters: it runs on the testbed only");
    // What is measured is the mesh; the tools that look at it take their own time to start.
    set(stack, "mesh:observability", { enabled: false });
    return stack;
  };
  return async () => {
    await takeTurn(NAME);
    try {
      return await measure(await open(), open);
    } finally {
      await testbedDown(NAME);
      removeStackFolder(NAME);
    }
  };
}
