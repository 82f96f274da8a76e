/*
 * Arguments that may be wrong by themselves, as the rules about several of them meet them: nothing is taken for granted.
 */

/** A map of which nothing is known but that it is one. */
export type Untrusted = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is Untrusted {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a map says; nothing if it is none. */
export function mapOf(value: unknown): Untrusted {
  return isMap(value) ? value : {};
}

/** The items of a list; none if it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The items of a list as maps. */
export const itemsOf = (value: unknown): readonly Untrusted[] => listOf(value).map(mapOf);

/** A string; nothing if it is none. */
export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
