// make clean-cache: what the cache holds, and room for something else. ARGS=--all leaves nothing but what a testbed runs from.
import { cacheFolder } from "../lib/cache.ts";
import { inBytes } from "../lib/diskUse.ts";
import { cleanCache } from "./cache/clean.ts";
import { neededEntries } from "./cache/needed.ts";
import { command } from "./command.ts";
import { table } from "./table.ts";

const ALL = "--all";

command(async () => {
  const args = process.argv.slice(2);
  const [unknown] = args.filter((arg) => arg !== ALL);
  if (unknown !== undefined) throw new Error(`make clean-cache does not support ${unknown}: ARGS=${ALL}, or nothing`);
  const { parts, freed, left } = await cleanCache(neededEntries(), args.includes(ALL));
  const rows = parts.map((part) => [part.name, inBytes(part.held), part.freed > 0 ? inBytes(part.freed) : "-"]);
  if (rows.length > 0) console.log(table([["PART", "HELD", "FREED"], ...rows]));
  console.log(`freed ${inBytes(freed)}, left ${inBytes(left)} in ${cacheFolder()}`);
});
