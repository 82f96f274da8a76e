import { RE2JS, RE2JSSyntaxException } from "re2js";

/*
 * Envoy matches with RE2, whose time is linear in the input, and which therefore has neither lookaround nor
 * backreferences. JavaScript's own parser takes both and refuses much that RE2 knows.
 */

/** Istio's limit of the length, in bytes; Envoy would refuse programs that grow too big. */
const LONGEST = 1024;

/**
 * What keeps RE2 from compiling the expression, or nothing.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function regexProblem(expression: string): string | undefined {
  if (expression === "") return "is empty: leave it out to match anything";
  if (Buffer.byteLength(expression) > LONGEST) return `is longer than the ${LONGEST} characters that Istio takes`;
  const reason = reasons.has(expression) ? reasons.get(expression) : syntaxError(expression);
  reasons.set(expression, reason);
  return reason === undefined ? undefined : `is no regular expression that RE2 understands: ${reason}`;
}

/** How many groups the expression has, by which a rewrite names its parts; undefined if it is no expression. */
export function groupsOf(expression: string): number | undefined {
  return syntaxError(expression) === undefined ? RE2JS.compile(expression).groupCount() : undefined;
}

/** How big a program Istio lets Envoy make of an expression. */
const LARGEST_PROGRAM = 32768;

/** Whether Envoy would refuse an expression that RE2 understands, for its repetitions. Istio does not look at that. */
export function isTooLarge(expression: string): boolean {
  return RE2JS.compile(expression).programSize() + BEGIN_AND_END > LARGEST_PROGRAM;
}

const BEGIN_AND_END = 2;

/** Many routes have the same expressions. */
const reasons = new Map<string, string | undefined>();

function syntaxError(expression: string): string | undefined {
  try {
    RE2JS.compile(expression);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const reason = error.getDescription();
    if (/^\(\?<?[=!]/.test(error.getPattern() ?? "")) return "it has no lookahead and no lookbehind";
    return REASONS[reason] ?? reason;
  }
}

/** The library's reasons in our words, where ours say more. They never quote the expression, which may be secret. */
const REASONS: Readonly<Record<string, string>> = {
  "duplicate capture group name": "two groups have the same name",
  "invalid character class range": "it has no such class or range of characters",
  "invalid escape sequence": "it has no such escape, and no backreferences",
  "invalid nested repetition operator": "a repetition follows right after another",
  "invalid or unsupported Perl syntax": "a group begins with a question mark and something that RE2 does not know",
  "invalid repeat count": "it repeats a part more than 1000 times, or fewer times at most than at least",
  "missing argument to repetition operator": "a repetition has nothing before it to repeat",
  "missing closing )": "an opening parenthesis has no closing one",
  "missing closing ]": "a class of characters has no closing bracket",
  "trailing backslash at end of expression": "a backslash stands at its end",
  "unexpected )": "a closing parenthesis has no opening one",
};
