// make cache-export: what this checkout's versions need of the cache, as one file. What is not there yet is built first.
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { inBytes } from "../lib/diskUse.ts";
import { say, step } from "../lib/progress.ts";
import { obstacle } from "../testbed/cluster.ts";
import { imageArchives } from "../testbed/images.ts";
import { testbedPrograms } from "../testbed/parts.ts";
import { writeArchive } from "./cache/archive.ts";
import { neededEntries } from "./cache/needed.ts";
import { command } from "./command.ts";
import { engine, helmFolder } from "./programs/programs.ts";

command(async () => {
  const [name] = process.argv.slice(2);
  if (!name) throw new Error("make cache-export needs the archive's name: FILE=mesh-cache.tar");
  const file = resolve(name);
  if (!existsSync(dirname(file))) throw new Error(`FILE=${name}: there is no folder ${dirname(file)}`);
  const reason = obstacle();
  if (reason) throw new Error(`the cache is that of the testbed, which this machine cannot run: ${reason}`);
  await imageArchives(await testbedPrograms());
  await engine();
  await helmFolder();
  const entries = await step(`writing ${file}`, () => writeArchive(file, neededEntries()));
  say(
    `${file} holds ${entries.length} entries, ${inBytes(statSync(file).size)}; take it over with MESH_CACHE_FROM=${file}`,
  );
});
