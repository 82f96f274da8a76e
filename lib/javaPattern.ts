/** What Java's regular expressions have, and JavaScript's lack or read in another way. */
const JAVA_ALONE = /\(\?[^:=!<]|\\[QEAZzGhHRX]|&&|\[:\w+:\]/;

/**
 * The expression of a pattern in AWS's models. Those are Java's, and hold for the whole of a text, whether they say so or not.
 *
 * @throws Error if JavaScript has no such expression
 */
export function wholeText(pattern: string): RegExp {
  if (JAVA_ALONE.test(pattern)) throw new Error(`the pattern ${pattern} has to be translated from Java`);
  // Classes of Unicode are only known to JavaScript under `u`, under which some other patterns are none.
  return new RegExp(`^(?:${pattern})$`, /\\p\{/i.test(pattern) ? "u" : "");
}
