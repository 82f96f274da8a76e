/*
 * What a word without quotes means. Pulumi's engine reads a stack file with Go's yaml.v3, an older YAML than ours: a few
 * words are another value to it, and a stack would get other settings by `make` than by `pulumi up`. Those are refused.
 */

/** The value, the same for all readers; or why it is not, and the way out. */
export type PlainScalar = { readonly value: unknown } | { readonly unclear: string };

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);

const NUMBER = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const WHOLE = /^[-+]?\d+$/;
/** Notations with which both begin alike: 0x1F, 0o17. */
const WITH_BASE = /^0(x[\da-fA-F]+|o[0-7]+)$/;
/** What only the engine takes for a number: 0b101, 0X1F, 0O17, -0x1F, and a sign after the base. */
const ONLY_FOR_THE_ENGINE = /^([-+]?0([xX][\da-fA-F]+|[bB][01]+|[oO][0-7]+)|0(b[-+][01]+|o[-+][0-7]+))$/;

/** Spaces, and then a blank that looks like one. */
export const FOREIGN_BLANK = /^ *[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/;
export const foreignBlank = "begins with a blank that is no space, such as a no-break space: write spaces";

const IN_QUOTES = "or put it in quotes if it is text";

/** Words that are not the same to every reader, and what to do about each kind. */
const UNCLEAR: readonly (readonly [is: (text: string) => boolean, reason: string])[] = [
  [
    (text) => /^[-+]?0[\d]+$/.test(text),
    `begins with 0, so Pulumi reads it as an octal number: leave the 0 out, ${IN_QUOTES}`,
  ],
  [
    (text) => /^[-+\d]/.test(text) && text.includes("_") && isNumber(text.replaceAll("_", "")),
    `is a number with underscores, which only Pulumi ignores: write the digits alone, ${IN_QUOTES}`,
  ],
  [
    (text) => ONLY_FOR_THE_ENGINE.test(text) && !WITH_BASE.test(text),
    `is a number in a notation that only Pulumi reads: write it in decimal, ${IN_QUOTES}`,
  ],
  [
    (text) => /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}([.,]\d+)?(Z|[-+]\d\d:\d\d)?)?$/.test(text),
    "is a date to Pulumi, which adds a time to it: put it in quotes",
  ],
  [
    (text) => /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(text),
    "is no finite number: write one, or put it in quotes",
  ],
  [(text) => text === "<<", "merges another map, which not every reader supports: write out here what that map says"],
  [(text) => FOREIGN_BLANK.test(text), foreignBlank],
];

const isNumber = (text: string): boolean => NUMBER.test(text) || WITH_BASE.test(text) || ONLY_FOR_THE_ENGINE.test(text);

export function plainScalar(text: string): PlainScalar {
  const word = WORDS.get(text);
  if (word !== undefined) return { value: word };
  const unclear = UNCLEAR.find(([is]) => is(text));
  if (unclear) return { unclear: unclear[1] };
  if (!NUMBER.test(text) && !WITH_BASE.test(text)) return { value: text };

  const value = Number(text);
  const exact =
    Number.isFinite(value) && (!WHOLE.test(text) && !WITH_BASE.test(text) ? true : Number.isSafeInteger(value));
  return exact ? { value } : { unclear: "is a number with more digits than a number keeps: put it in quotes" };
}
