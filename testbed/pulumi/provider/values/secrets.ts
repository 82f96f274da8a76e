import { isFields, mapFields, type Value } from "./value.ts";

/** The key by which the engine marks values that JSON has no word for, and the mark of a secret and of an asset (a file). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";

/** What the engine sends at preview for a text (or any other value) that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS = [
  UNKNOWN,
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
];

/** Shorter secrets are no secrets, and blotting them out would make every message unreadable. */
const SHORTEST_SECRET = 4;

const isSecret = (value: Value): boolean => isFields(value) && value[SIGNATURE] === SECRET;

export const isAsset = (value: Value): boolean => isFields(value) && value[SIGNATURE] === ASSET;

/** Whether something in the value is known only when the program really runs. */
export function containsUnknown(value: Value): boolean {
  const text = JSON.stringify(value ?? null);
  return UNKNOWNS.some((unknown) => text.includes(unknown));
}

/** The value as a secret; nothing stays nothing. */
export function conceal(value: Value): Value {
  return value === undefined || isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** The value without the marks of its secrets. */
export function reveal(value: Value): Value {
  if (isSecret(value)) return reveal(value.value);
  if (Array.isArray(value)) return value.map(reveal);
  return isFields(value) ? mapFields(value, reveal) : value;
}

/** The value with secrets wherever `like` has them. */
export function concealLike(value: Value, like: Value): Value {
  if (value === undefined || isSecret(value)) return value;
  if (isSecret(like)) return conceal(value);
  if (Array.isArray(value) && Array.isArray(like)) return value.map((item, index) => concealLike(item, like[index]));
  return isFields(value) && isFields(like) ? mapFields(value, (item, key) => concealLike(item, like[key])) : value;
}

/** The message with every secret of the values blotted out, also in the base64 form that Secrets have. */
export function redact(message: string, ...values: Value[]): string {
  const texts = new Set(values.flatMap((value) => secretTexts(value, false)));
  const forms = [...texts].flatMap((text) => [
    text,
    Buffer.from(text).toString("base64"),
    JSON.stringify(text).slice(1, -1),
  ]);
  const longestFirst = forms.filter((form) => form.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, form) => text.replaceAll(form, "[secret]"), message);
}

function secretTexts(value: Value, inSecret: boolean): string[] {
  if (isSecret(value)) return secretTexts(value.value, true);
  if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, inSecret));
  if (isFields(value)) return Object.values(value).flatMap((item) => secretTexts(item, inSecret));
  return inSecret && (typeof value === "string" || typeof value === "number") ? [String(value)] : [];
}
