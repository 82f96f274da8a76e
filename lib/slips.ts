/** Letters that a slip can have changed; where words are shorter, other words are near by chance. */
const LEAST = 5;

/**
 * The known name of which another one is a slip of the keyboard: a letter too many, too few, wrong, or two of them
 * swapped. Stricter than `didYouMean`, for names that may be somebody else's: `team-a` and `team-b`, `web1` and `web2` are
 * different names.
 */
export function meantBySlip(name: string, known: Iterable<string>): string | undefined {
  for (const candidate of known) if (isSlip(name, candidate)) return candidate;
  return undefined;
}

function isSlip(name: string, other: string): boolean {
  const shorter = Math.min(name.length, other.length);
  if (Math.max(name.length, other.length) - shorter > 1) return false;
  let start = 0;
  while (start < shorter && name[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && name.at(-1 - end) === other.at(-1 - end)) end += 1;

  const [changed, meant] = [name.slice(start, name.length - end), other.slice(start, other.length - end)];
  // A hyphen that was forgotten, or one too many.
  if (changed + meant === "-") return shorter >= LEAST;
  const isSwapped = changed.length === 2 && changed === `${meant.charAt(1)}${meant.charAt(0)}`;
  const isSingle = changed.length <= 1 && meant.length <= 1 && changed !== meant;
  if (!(isSwapped || isSingle) || /[-./\d]/.test(changed + meant)) return false;
  return Math.min(wordAt(name, start).length, wordAt(other, start).length) >= LEAST;
}

/** The word of a name in which a letter stands. */
function wordAt(name: string, index: number): string {
  const [before = ""] = /[^-./]*$/.exec(name.slice(0, index)) ?? [];
  const [after = ""] = /^[^-./]*/.exec(name.slice(index)) ?? [];
  return before + after;
}
