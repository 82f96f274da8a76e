// A stack's file: read and checked before anything else runs, and the copy of it that the engine gets.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { wrongSettings, type Problem } from "../../lib/schema/problems.ts";
import { say } from "../../lib/progress.ts";
import { writeWhole } from "../../lib/wholeFile.ts";
import { readYaml } from "../../lib/yamlFile.ts";
import { settingsByName, settingsProblems } from "../../settings/parse.ts";
import { configOf, unreadable } from "../../settings/stackFileKeys.ts";
import { checkout } from "./checkout.ts";
import { isMap, keptSecrets, lostSecrets, type Config } from "./keptSecrets.ts";
import { setWithMake } from "./secretCommand.ts";
import { keysOf, readStackFileCopy, type Keys } from "./stackFileCopy.ts";

/** What the file of a stack says. */
export interface StackFile {
  readonly config: Config;
  /** How its secrets are encrypted, and where more of the configuration comes from. */
  readonly keys: Keys;
}

/**
 * The file of the stack.
 * @param over what holds besides, e.g. a scenario that was chosen
 * @param kept the configuration in the copy of the file, whose secrets count as part of it
 * @param madeBy the command that makes secrets which nobody has to think up, where they have to be there already
 * @throws Error that lists everything that is wrong in it, each with its path
 */
export function readStackFile(
  stack: string,
  over: Config = {},
  { kept = {}, madeBy }: { readonly kept?: Config; readonly madeBy?: string } = {},
): StackFile {
  const { config: own, problems: beside, keys } = stackConfig(stack);
  const config = { ...own, ...over };
  const whole = merged(keptSecrets(kept, config), config);
  const secretCommand = setWithMake(stack);
  const problems = [
    ...beside,
    ...settingsProblems(whole, { stack, secretCommand, ...(madeBy !== undefined && { madeBy }) }),
  ];
  if (problems.length > 0) throw new Error(wrongSettings(stackFileName(stack), problems));
  return { config, keys };
}

const stackFileName = (stack: string): string => `Pulumi.${stack}.yaml`;

/** Where the file of a stack is, in the checkout. */
export const stackFilePath = (stack: string): string => join(checkout, stackFileName(stack));

/**
 * The file of the stack, whatever it says, and what stands beside its configuration.
 * @throws Error where there is no such file, or it cannot be read
 */
export function stackConfig(stack: string): StackFile & { readonly problems: readonly Problem[] } {
  const name = stackFileName(stack);
  const file = stackFilePath(stack);
  if (!existsSync(file)) {
    const others = readdirSync(checkout).flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? []);
    throw new Error(`there is no ${name}; the stacks of this checkout: ${others.join(", ")}`);
  }
  const read = readYaml(file, "move hosts to separate files, and list them in mesh:trafficFiles");
  if ("problems" in read) throw new Error(unreadable(name, read.problems));
  return { ...configOf(read.value), keys: keysOf(read.value) };
}

/**
 * Writes the copy of a stack file that the engine reads, with what the tools add to it; the file in the checkout
 * stays as it is. What the engine keeps in the copy, the salt of the stack's secrets, outlives the next writing, and so
 * do secrets that were set there and have not lost their place.
 */
export function writeStackFileCopy(folder: string, stack: string, stackFile: StackFile, overlay: Config): string {
  const { config: kept, ...keptKeys } = readStackFileCopy(stackFileCopy(folder, stack));
  const whole = merged(stackFile.config, overlay);
  for (const key of lostSecrets(kept, whole)) {
    say(`the secret ${key} no longer has a section in Pulumi.${stack}.yaml, and is deleted`);
  }
  // Those of the file are for what is encrypted in it; once the copy has its own, these hold.
  const keys = Object.keys(keptKeys).length > 0 ? keptKeys : stackFile.keys;
  return writeCopy(folder, stack, { config: merged(keptSecrets(kept, whole), whole), keys });
}

/** Writes a copy that keeps nothing of its own: all secrets of a team's stack are in the file itself. */
export const copySharedStackFile = (folder: string, stack: string, { config, keys }: StackFile, overlay: Config) =>
  writeCopy(folder, stack, { config: merged(config, overlay), keys });

function writeCopy(folder: string, stack: string, { config, keys }: StackFile): string {
  const file = stackFileCopy(folder, stack);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // In quotes, since the engine takes some words for numbers and dates that this writer would leave without.
  writeWhole(file, dump({ config, ...keys }, { forceQuotes: true, quoteStyle: "double", lineWidth: -1 }));
  return file;
}

/** The settings in the copy of a stack file, by the name of the section. */
export const settingsIn = (file: string): Config => settingsByName(readStackFileCopy(file).config);

export const stackFileCopy = (folder: string, stack: string): string => join(folder, `Pulumi.${stack}.yaml`);

/** Maps that choose one of several: where charts come from, and which cluster is meant. */
const CHOICES = ["charts", "mesh:cluster"];

/** Maps are merged key by key; of anything else, and of a choice, the second one holds. */
function merged(base: Config, over: Config): Config {
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = base[key];
    result[key] = isMap(before) && isMap(value) && !CHOICES.includes(key) ? merged(before, value) : value;
  }
  return result;
}
