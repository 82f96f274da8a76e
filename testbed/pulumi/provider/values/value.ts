/**
 * Anything that JSON can say. Objects of the API server have no type that we could know: any kind may be installed in a cluster.
 */
export type Value = any;

/** An object of JSON. */
export type Fields = Record<string, Value>;

export const isFields = (value: Value): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The same fields with other values; fields without a value are left out. */
export function mapFields(fields: Fields, change: (value: Value, key: string) => Value): Fields {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([key, value]) => [key, change(value, key)]));
}
