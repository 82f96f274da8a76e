import type { Values } from "../components/istio/values.ts";

/** Paths of the values without which the result is the same: nobody would miss them. */
export function idleValues(values: Values, render: (values: Values) => unknown): string[] {
  const whole = JSON.stringify(render(values));
  return leaves(values)
    .filter((leaf) => JSON.stringify(render(without(values, leaf))) === whole)
    .map((leaf) => leaf.join("."));
}

/** Paths of all values that are no maps. */
function leaves(values: Values, path: readonly string[] = []): string[][] {
  return Object.entries(values).flatMap(([key, value]) =>
    isMap(value) ? leaves(value, [...path, key]) : [[...path, key]],
  );
}

function without(values: Values, [key = "", ...rest]: readonly string[]): Values {
  const { [key]: value, ...others } = values;
  return rest.length > 0 && isMap(value) ? { ...others, [key]: without(value, rest) } : others;
}

const isMap = (value: unknown): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);
