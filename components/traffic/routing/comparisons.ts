import { z } from "zod";
import * as field from "../../../lib/schema/fields.ts";
import { canHave, readComparison } from "./comparing.ts";
import { requestPath } from "./paths.ts";
import { regularExpression } from "../regularExpressions.ts";

/** How a value is compared; letters count as they are written. */
export type StringMatch =
  | {
      /** The whole value. */
      readonly exact: string;
    }
  | {
      /** What the value begins with. */
      readonly prefix: string;
    }
  | {
      /** RE2, which has to match the whole value. */
      readonly regex: string;
    };

/** How a header or a parameter is compared; `present` takes any value, the empty one too. */
export type FieldMatch =
  | StringMatch
  | {
      /** Any value. */
      readonly present: true;
    };

const exactText = z.string({ error: "must be a string; put it in quotes" });
const someText = field.text(/./s, "must be a string of one character or more");

function comparison(
  { exact, prefix }: { readonly exact: z.ZodType<string>; readonly prefix: z.ZodType<string> },
  others: Record<string, z.ZodType> = {},
  error = "must have one of exact, prefix and regex",
) {
  return field
    .section({
      exact: exact.exactOptional(),
      prefix: prefix.exactOptional(),
      regex: regularExpression.exactOptional(),
      ...Object.fromEntries(Object.entries(others).map(([name, type]) => [name, type.exactOptional()])),
    })
    .refine((match) => Object.keys(match).length === 1, { error, ...field.always });
}

/** What the values of a kind look like, in RE2's words. A comparison that none of them stands is refused. */
interface Form {
  readonly form: string;
  readonly error: string;
}

// A custom method may be any token, but nobody has one with small letters, and `*` is meant for any.
const METHOD = {
  form: "[-A-Z0-9!#$%&'+.^_`|~]+",
  error: "matches no method: write methods in capital letters, such as GET, and leave it out for any",
};
const SCHEME = { form: "https?", error: "matches no scheme: write http or https, in small letters" };
const AUTHORITY = {
  form: "[-a-z0-9._:\\[\\]]+",
  error:
    "matches no host: write it in small letters, without a scheme and a path, such as shop.example.com; for several hosts take prefix or regex",
};
const PATH = {
  form: "/[^?#\\x00-\\x20\\x7f]*",
  error: "matches no path: a path begins with a slash, and the query is no part of it",
};
const PATH_WITH_QUERY = {
  form: "/[^#\\x00-\\x20\\x7f]*",
  error: "matches no path: a path begins with a slash",
};
// `*` is what Envoy lets any origin pass by.
const ORIGIN = {
  form: "null|\\*|[a-z][-+.a-z0-9]*://[^\\x00-\\x20\\x7fA-Z/?#@*]+",
  error:
    "matches no origin: browsers send the scheme and the host in small letters, without a path and a slash at the end, such as https://shop.example.com",
};

/** What keeps every value from standing the comparison, or nothing. An empty text is said elsewhere to be one. */
function impossible(
  match: unknown,
  { form, error }: Form,
): { readonly way: string; readonly message: string } | undefined {
  const read = readComparison(match);
  if (read === undefined || "present" in read) return undefined;
  const [[way, text] = ["", ""]] = Object.entries<string>(read);
  return text === "" || canHave(read, form) ? undefined : { way, message: error };
}

const possible = (form: Form) => (match: unknown, context: z.core.$RefinementCtx) => {
  const found = impossible(match, form);
  if (found) context.addIssue({ code: "custom", path: [found.way], message: found.message });
};

const comparisonOf = (form: Form) =>
  comparison({ exact: someText, prefix: someText })
    .superRefine(possible(form), field.always)
    .transform((match) => match as StringMatch);

export const methodMatch = comparisonOf(METHOD);
export const schemeMatch = comparisonOf(SCHEME);
export const authorityMatch = comparisonOf(AUTHORITY);
export const originMatch = comparisonOf(ORIGIN);

export const uriMatch = comparison({ exact: requestPath, prefix: requestPath })
  .superRefine((match, context) => {
    // What is wrong with a text is said in more words.
    if (Object.hasOwn(match, "regex")) possible(PATH)(match, context);
  }, field.always)
  .transform((match) => match as StringMatch);

const fieldMatch = comparison(
  { exact: exactText, prefix: someText },
  { present: z.literal(true, { error: "must be true" }) },
  "must have one of exact, prefix, regex and present",
).transform((match) => match as FieldMatch);

/** Comparisons by name, one or more: without one, the match would take every request. */
export const fieldMatches = (name: z.ZodType<string>, what: string) =>
  field.named(name, fieldMatch, `names of ${what} to comparisons`).refine((all) => Object.keys(all).length > 0, {
    error: `must have one of the ${what} or more, or be left out: empty, it takes every request`,
    ...field.always,
  });

const PSEUDO_HEADERS = new Map<string, Form>([
  [":method", METHOD],
  [":scheme", SCHEME],
  [":authority", AUTHORITY],
  [":path", PATH_WITH_QUERY],
]);

/** Comparisons of headers by name, among them those that stand for the method, the scheme, the host and the path. */
export const headerMatches = (name: z.ZodType<string>) =>
  fieldMatches(name, "headers").superRefine((headers, context) => {
    for (const [header, match] of Object.entries<unknown>(headers)) {
      const form = PSEUDO_HEADERS.get(header);
      if (form === undefined) continue;
      if (Object.hasOwn(Object(match) as object, "present")) {
        context.addIssue({ code: "custom", path: [header], message: "is in every request: compare its value" });
      }
      const found = impossible(match, form);
      if (found) context.addIssue({ code: "custom", path: [header, found.way], message: found.message });
    }
  }, field.always);
