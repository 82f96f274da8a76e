// Label selectors, which ask for every label of theirs with its value.

import { selects } from "../../../istio/labels.ts";
import { put } from "../groups.ts";
export type Labels = ReadonlyMap<string, string>;

/** Labels as one text, equal for equal labels. */
export function labelText(labels: Labels): string {
  return [...labels]
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
}

/** Answers whether a selector selects one of many labelled things, without looking at all of them. */
export class LabelIndex {
  readonly #all: Labels[] = [];
  readonly #byLabel = new Map<string, Labels[]>();

  add(labels: Labels): void {
    this.#all.push(labels);
    for (const [key, value] of labels) put(this.#byLabel, `${key}=${value}`, labels);
  }

  get size(): number {
    return this.#all.length;
  }

  selects(selector: Labels): boolean {
    let fewest: readonly Labels[] = this.#all;
    for (const [key, value] of selector) {
      const having = this.#byLabel.get(`${key}=${value}`) ?? [];
      if (having.length < fewest.length) fewest = having;
    }
    return fewest.some((labels) => selects(selector, labels));
  }
}
