// The scenario that was chosen for a stack, beside its file: the file in the checkout stays as it is.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../../lib/wholeFile.ts";

/** The setting that it stands for. */
export const SCENARIO = "mesh:scenario";

const fileIn = (folder: string): string => join(folder, "scenario");

/** Remembers the scenario until another one is chosen, or the stack goes; undefined forgets it. */
export function rememberScenario(folder: string, id: string | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (id === undefined) rmSync(fileIn(folder), { force: true });
  else writeWhole(fileIn(folder), `${id}\n`);
}

export const rememberedScenario = (folder: string): string | undefined =>
  existsSync(fileIn(folder)) ? readFileSync(fileIn(folder), "utf8").trim() : undefined;
