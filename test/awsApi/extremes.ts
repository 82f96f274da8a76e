// Stack files that go as far as the settings let them: each text, each name of the user's own and each number in them.
import { settingsProblems } from "../../settings/parse.ts";
import { changed, leavesOf, mapsOf, type Path } from "../settings/everything.ts";
import type { Config } from "../wholeProgram.ts";

/** How a value is made extreme: the value itself, and whether the settings take another one in its place. */
interface Extreme {
  readonly text: (value: string, isTaken: (other: string) => boolean) => string;
  readonly number: (value: number, isTaken: (other: number) => boolean) => number;
}

const MOST = 5000;

/** The highest of a row of numbers of which it is true, where it is true of the first ones. */
function highest(from: number, to: number, isTrue: (each: number) => boolean): number {
  let [known, wrong] = [from, to + 1];
  while (wrong - known > 1) {
    const middle = Math.floor((known + wrong) / 2);
    if (isTrue(middle)) known = middle;
    else wrong = middle;
  }
  return known;
}

/** With more before its end, which often has to be a letter. */
const longerBy = (text: string, more: string) => text.slice(0, -1) + more + text.slice(-1);

/** Those of ASCII, of Latin, of other scripts, and what is no letter at all. */
const CHARACTERS = Array.from(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\u0080\u00a0éÜ\u0142日😀AZaz09");

export const extremes = {
  "as long and as many as may be": {
    text: (value, isTaken) => {
      const longer = (length: number) => longerBy(value, "a".repeat(length - value.length));
      return longer(highest(value.length, MOST, (length) => isTaken(longer(length))));
    },
    number: (value, isTaken) => highest(value, 1e9, isTaken),
  },
  "as short and as few as may be": {
    text: (value, isTaken) => Array.from(value, (_, length) => value.slice(0, length)).find(isTaken) ?? value,
    number: (value, isTaken) => -highest(-value, 1e9, (each) => isTaken(-each)),
  },
  "with every character that is taken": {
    text: (value, isTaken) =>
      CHARACTERS.reduce((text, character) => {
        const other = longerBy(text, character);
        return isTaken(other) ? other : text;
      }, value),
    number: (value) => value,
  },
} satisfies Readonly<Record<string, Extreme>>;

/** A stack file that is right, in which every value is made extreme after the other, as long as all of it stays right. */
export function extreme(file: Config, make: Extreme): Config {
  const isRight = (config: Config) => settingsProblems(config).length === 0;
  const withValues = leavesOf(file).reduce((config, path) => {
    const value = at(config, path);
    const isTaken = (other: unknown) => isRight(changed(config, path, other));
    if (typeof value === "string") return changed(config, path, make.text(value, isTaken));
    if (typeof value === "number") return changed(config, path, make.number(value, isTaken));
    return config;
  }, file);
  // The innermost first: a name is a part of the paths of all that is below it.
  return mapsOf(withValues)
    .toSorted((one, other) => other.length - one.length)
    .filter((path) => path.length > 0)
    .reduce((config, path) => {
      const names = Object.keys(at(config, path) as object);
      return names.reduce((before, name) => {
        const renamed = (other: string) => changed(before, path, withName(at(before, path) as object, name, other));
        return renamed(make.text(name, (other) => isRight(renamed(other))));
      }, config);
    }, withValues);
}

const at = (config: Config, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], config);

/** A map with one of its names changed; one that is there already is kept. */
function withName(map: object, name: string, other: string): object {
  if (Object.hasOwn(map, other)) return map;
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key === name ? other : key, value as unknown]));
}
