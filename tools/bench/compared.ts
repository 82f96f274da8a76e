// One piece of work beside another that does the same, in turns, so that both have the same machine.
import { timed } from "./timed.ts";

/** Turns of each side. The median of so many is told, with the least and the most. */
export const TURNS = 5;

export interface Work {
  /** What has to be there before the clock starts. */
  readonly prepare?: () => Promise<unknown>;
  readonly run: () => Promise<unknown>;
}

/** Several measurements of the same. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Row {
  readonly what: string;
  readonly ours: Spread;
  /** What it is compared with. */
  readonly than: string;
  readonly theirs: Spread;
  /** Ours through theirs, turn by turn. */
  readonly ratio: Spread;
  readonly unit: "s" | "ms";
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? NaN, least: sorted[0] ?? NaN, most: sorted.at(-1) ?? NaN };
}

/** The row of two lists of measurements, of which the same index is the same turn. */
export function rowOf(
  what: string,
  than: string,
  ours: readonly number[],
  theirs: readonly number[],
  unit: Row["unit"] = "s",
): Row {
  const ratios = ours.map((value, turn) => value / (theirs[turn] ?? NaN));
  return { what, than, ours: spreadOf(ours), theirs: spreadOf(theirs), ratio: spreadOf(ratios), unit };
}

/** Our work beside that of others: a row for each of them. */
export async function compared(what: string, ours: Work, others: Readonly<Record<string, Work>>): Promise<Row[]> {
  const sides = Object.entries({ "": ours, ...others });
  const times = new Map<string, number[]>(sides.map(([name]) => [name, []]));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [name, { prepare, run }] of sides) {
      await prepare?.();
      times.get(name)?.push(await timed(run));
    }
  }
  return Object.keys(others).map((than) => rowOf(what, than, times.get("") ?? [], times.get(than) ?? []));
}
