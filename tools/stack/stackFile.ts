// A stack's file: read and checked before anything else runs, and the copy of it that the engine gets.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { generatedSecrets } from "../../settings/generatedSecrets";
import { missingSecretsIn, settingsProblems } from "../../settings/parse";
import { pathText } from "../../lib/schema/problems";
import { readYaml } from "../../lib/yamlFile";
import { writeWhole } from "../../lib/wholeFile";
import { checkout } from "./checkout";
import { readStackFileCopy } from "./stackFileCopy";

type Config = Record<string, unknown>;

/**
 * The configuration in the file of the stack.
 * @param over what holds besides, e.g. a scenario that was chosen
 * @throws Error that lists everything that is wrong in it, each with its path
 */
export function readStackFile(stack: string, over: Config = {}): Config {
  const name = `Pulumi.${stack}.yaml`;
  const file = join(checkout, name);
  if (!existsSync(file)) {
    const others = readdirSync(checkout).flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? []);
    throw new Error(`there is no ${name}; the stacks of this checkout: ${others.join(", ")}`);
  }
  const read = readYaml(file);
  if ("broken" in read) throw new Error(`${name}, ${read.broken}`);
  const config = { ...(read.value as { config?: Config } | null)?.config, ...over };
  const problems = settingsProblems(config);
  if (problems.length > 0) {
    const lines = problems.map(({ path, reason }) => `  ${path} ${reason}`);
    throw new Error(
      `${problems.length === 1 ? "1 setting is" : `${problems.length} settings are`} wrong in ${name}:\n${lines.join("\n")}`,
    );
  }
  return config;
}

/**
 * Writes the copy of a stack file that the engine reads, with what the tools add to it; the file in the checkout
 * stays as it is. What the engine keeps in the copy, the salt of the stack's secrets, outlives the next writing, and so
 * do secrets that were set there and have not lost their place.
 */
export function writeStackFileCopy(folder: string, stack: string, config: Config, overlay: Config): string {
  const file = stackFileCopy(folder, stack);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { config: kept, ...keys } = existsSync(file) ? readStackFileCopy(file) : { config: {} };
  const whole = merged(config, overlay);
  writeWhole(file, stringify({ config: merged(secretsWithPlace(kept, whole), whole), ...keys }));
  return file;
}

/** The encrypted values of an earlier configuration that the new one needs, or that the user has set and it has a section for. */
function secretsWithPlace(earlier: unknown, config: Config): Config {
  const missing = new Set(missingSecretsIn(config).map(({ path }) => pathText(path)));
  const generated = new Set(generatedSecrets.map(({ path }) => pathText(path)));
  const walk = (from: unknown, place: unknown, path: readonly string[]): Config => {
    if (!isMap(from)) return {};
    const kept = Object.entries(from).flatMap(([key, value]): [string, unknown][] => {
      const here = path.length === 0 ? [key.replace(/^mesh:/, "")] : [...path, key];
      const at = isMap(place) ? place[key] : undefined;
      if (isMap(value) && typeof value.secure === "string") {
        const text = pathText(here);
        const hasPlace = isMap(place) && path.length > 0 && at === undefined && !generated.has(text);
        return hasPlace || missing.has(text) ? [[key, value]] : [];
      }
      const inside = walk(value, at, here);
      return Object.keys(inside).length > 0 ? [[key, inside]] : [];
    });
    return Object.fromEntries(kept);
  };
  return walk(earlier, config, []);
}

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

const isMap = (value: unknown): value is Config => typeof value === "object" && value !== null && !Array.isArray(value);
