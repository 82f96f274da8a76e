import type { Recorded } from "../recorder.ts";

/** What depends on what in a stack, as the engine sees it: dependencies, parents and providers. */
export class DependencyGraph {
  readonly #direct: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(resources: readonly Recorded[]) {
    this.#direct = new Map(
      resources.map((each) => [
        keyOf(each),
        new Set([
          ...each.dependsOn,
          ...(each.parent === "" ? [] : [each.parent]),
          ...(each.provider === "" ? [] : [`pulumi:providers:kubernetes ${each.provider}`]),
        ]),
      ]),
    );
  }

  /** All that has to be there before a resource, and stays until it has gone. */
  before(resource: Recorded): ReadonlySet<string> {
    const found = new Set<string>();
    const ahead = [keyOf(resource)];
    for (let key = ahead.pop(); key !== undefined; key = ahead.pop()) {
      for (const dependency of this.#direct.get(key) ?? []) {
        if (found.has(dependency)) continue;
        found.add(dependency);
        ahead.push(dependency);
      }
    }
    return found;
  }

  /** The order of a destroy: in each step goes, at once, all that nothing left depends on. */
  deletionSteps(): string[][] {
    const left = new Set(this.#direct.keys());
    const steps: string[][] = [];
    while (left.size > 0) {
      const needed = new Set([...left].flatMap((key) => [...(this.#direct.get(key) ?? [])]));
      const step = [...left].filter((key) => !needed.has(key));
      if (step.length === 0) throw new Error(`these depend on each other: ${[...left].join(", ")}`);
      for (const key of step) left.delete(key);
      steps.push(step);
    }
    return steps;
  }
}

export const keyOf = ({ type, name }: Recorded) => `${type} ${name}`;

/** URNs without stack and project: a changed one is a replaced resource. */
export function urns(resources: readonly Recorded[]): string[] {
  const byKey = new Map(resources.map((each) => [keyOf(each), each]));
  const typesOf = ({ type, parent }: Recorded): string => {
    const above = byKey.get(parent);
    return above ? `${typesOf(above)}$${type}` : type;
  };
  return resources.map((each) => `${typesOf(each)}::${each.name}`).sort();
}
