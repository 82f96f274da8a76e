// Labels of pods, and how selectors choose by them.

export type Labels = Readonly<Record<string, string>>;

/** Whether a selector takes what carries the labels: it has each label that the selector names. */
export function selects(
  selector: Labels | ReadonlyMap<string, string>,
  labels: Labels | ReadonlyMap<string, string> = {},
): boolean {
  const carried = asMap(labels);
  return [...asMap(selector)].every(([key, value]) => carried.get(key) === value);
}

const asMap = (labels: Labels | ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  labels instanceof Map ? labels : new Map(Object.entries(labels));
