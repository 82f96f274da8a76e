// Encrypted values that only the copy of a stack file has: made by the tools, or set by the user.
import { isEncrypted, pathText } from "../../lib/schema/problems.ts";
import { generatedSecrets } from "../../settings/generatedSecrets.ts";
import { missingSecretsIn } from "../../settings/parse.ts";

export type Config = Record<string, unknown>;

export const isMap = (value: unknown): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The encrypted values of the copy that a new configuration needs, or that the user has set and it has a place for: the
 * map around the value, or, of `secretEnv`, the version around that.
 */
export function keptSecrets(copy: Config, config: Config): Config {
  const missing = new Set(missingSecretsIn(config).map(({ path }) => pathText(path)));
  const walk = (from: Config, place: unknown, path: readonly string[]): Config => {
    const kept = Object.entries(from).flatMap(([key, value]): [string, unknown][] => {
      if (!isMap(value)) return [];
      const here = pathOf(path, key);
      const at = isMap(place) ? place[key] : undefined;
      if (isEncrypted(value)) {
        const text = pathText(here);
        const hasPlace = isMap(place) && at === undefined && !isGenerated(text);
        return hasPlace || missing.has(text) ? [[key, value]] : [];
      }
      const inside = walk(value, at ?? (key === "secretEnv" && isMap(place) ? {} : undefined), here);
      return Object.keys(inside).length > 0 ? [[key, inside]] : [];
    });
    return Object.fromEntries(kept);
  };
  return walk(copy, config, []);
}

/** Keys of the secrets that the user has set in the copy and for which the configuration has neither a place nor a value. */
export function lostSecrets(copy: Config, config: Config): string[] {
  const there = new Set([...leaves(keptSecrets(copy, config)), ...leaves(config)].map(({ key }) => key));
  return [...leaves(copy)].flatMap(({ key, path, value }) =>
    isEncrypted(value) && !there.has(key) && !isGenerated(pathText(path)) ? [key] : [],
  );
}

interface Leaf {
  /** As `pulumi config set --path` takes it. */
  readonly key: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

function* leaves(config: Config, path: readonly string[] = [], namespace = ""): Iterable<Leaf> {
  for (const [key, value] of Object.entries(config)) {
    const here = pathOf(path, key);
    const space = path.length === 0 ? key.slice(0, key.indexOf(":") + 1) : namespace;
    if (isMap(value) && !isEncrypted(value)) yield* leaves(value, here, space);
    else yield { key: `${space}${pathText(here)}`, path: here, value };
  }
}

/** The path of a setting; its first key without the namespace. */
const pathOf = (path: readonly string[], key: string): readonly string[] =>
  path.length === 0 ? [key.slice(key.indexOf(":") + 1)] : [...path, key];

const generated = new Set(generatedSecrets.map(({ path }) => pathText(path)));
const isGenerated = (text: string) => generated.has(text);
