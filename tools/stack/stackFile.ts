// A stack's file: read and checked before anything else runs, and the copy of it that the engine gets.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { generatedSecrets } from "../../settings/generatedSecrets";
import { missingSecretsIn, settingsProblems } from "../../settings/parse";
import { configOf, unreadable } from "../../settings/stackFileKeys";
import { pathText, wrongSettings } from "../../lib/schema/problems";
import { readYaml } from "../../lib/yamlFile";

export const checkout = join(__dirname, "../..");

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
  const read = readYaml(file, "move hosts to files, named by mesh:trafficFiles");
  if ("problems" in read) throw new Error(unreadable(name, read.problems));
  const { config: own, problems: beside } = configOf(read.value);
  const config = { ...own, ...over };
  const problems = [...beside, ...settingsProblems(config)];
  if (problems.length > 0) throw new Error(wrongSettings(name, problems));
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
  const kept = existsSync(file) ? (parseDocument(readFileSync(file, "utf8")).toJS() as Config) : {};
  const { encryptionsalt } = kept;
  const whole = merged(config, overlay);
  const withSecrets = merged(secretsWithPlace(kept.config, whole), whole);
  const copy = { ...(encryptionsalt ? { encryptionsalt } : {}), config: withSecrets };
  // In quotes, since the engine takes some words for numbers and dates that this writer would leave without.
  const text = stringify(copy, { defaultStringType: "QUOTE_DOUBLE", lineWidth: 0 });
  writeFileSync(file, text, { mode: 0o600 });
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
