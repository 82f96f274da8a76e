import type { Report } from "../../arguments.ts";
import { isWithin, readComparison, simplified } from "./comparing.ts";
import type { FieldMatch } from "./comparisons.ts";
import { covers, exactTexts } from "./matchCoverage.ts";
import { itemsOf, mapOf, type Untrusted } from "../../../lib/untrusted.ts";

/** The rule that no route, and no match of one, stands behind another that takes all that it would. */
export function checkReachability(routes: readonly unknown[], report: Report): void {
  const before = new Earlier();
  let takesAll: number | undefined;
  for (const [index, value] of routes.entries()) {
    if (typeof value !== "object" || value === null) continue;
    if (takesAll !== undefined) {
      report([index], `is never reached: the route ${takesAll} has no match and takes every request; put it last`);
      continue;
    }
    if (!("match" in value)) takesAll = index;
    const matches = itemsOf(mapOf(value).match);
    const taken = matches.map((match) => before.routeThatCovers(match));
    const [first] = taken;
    if (first !== undefined && taken.every((route) => route !== undefined)) {
      report(
        [index],
        `is never reached: the route ${first} takes what it matches; put it before that one, or remove it`,
      );
    } else {
      for (const [number, route] of taken.entries()) {
        if (route === undefined) continue;
        report(
          [index, "match", number],
          `takes nothing: the route ${route} takes it first; put this route before that one, or remove the match`,
        );
      }
    }
    for (const match of matches) before.add(index, match);
  }
}

/** Matches that stand before, found by a text that they ask for exactly: there may be thousands. */
class Earlier {
  readonly #byText = new Map<string, Placed[]>();
  readonly #others: Placed[] = [];

  add(route: number, match: Untrusted): void {
    const [text] = exactTexts(match);
    const list = text === undefined ? this.#others : (this.#byText.get(text) ?? []);
    list.push({ route, match, path: pathOf(match) });
    if (text !== undefined) this.#byText.set(text, list);
  }

  /** The first route of which a match takes all that this one does. */
  routeThatCovers(match: Untrusted): number | undefined {
    const candidates = [...exactTexts(match).flatMap((text) => this.#byText.get(text) ?? []), ...this.#others];
    const path = pathOf(match);
    const mayCover = (earlier: Placed) => !path || !earlier.path || isWithin(path, earlier.path);
    const routes = candidates.filter((each) => mayCover(each) && covers(each.match, match)).map(({ route }) => route);
    return routes.length === 0 ? undefined : Math.min(...routes);
  }
}

interface Placed {
  readonly route: number;
  readonly match: Untrusted;
  readonly path: FieldMatch | undefined;
}

/** How the path is compared, read once for many; nothing where that is not the whole truth. */
function pathOf({ uri, ignoreUriCase }: Untrusted): FieldMatch | undefined {
  const read = ignoreUriCase === true ? undefined : readComparison(uri);
  return read && !("present" in read) ? simplified(read) : undefined;
}
