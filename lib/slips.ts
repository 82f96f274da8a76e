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
  const [parts, others] = [name.split(/[-./]/), other.split(/[-./]/)];
  // A hyphen that was forgotten, or one too many.
  if (parts.length !== others.length)
    return parts.join("") === others.join("") && name.includes(".") === other.includes(".");
  const different = parts.flatMap((part, index) =>
    part === others[index] ? [] : [[part, others[index] ?? ""] as const],
  );
  const [pair] = different;
  return pair !== undefined && different.length === 1 && isSlipOfWord(...pair);
}

function isSlipOfWord(word: string, other: string): boolean {
  if (Math.min(word.length, other.length) < LEAST) return false;
  const start = commonStart(word, other);
  const end = commonStart(reversed(word.slice(start)), reversed(other.slice(start)));
  const [changed, meant] = [word.slice(start, word.length - end), other.slice(start, other.length - end)];
  if (/\d/.test(changed + meant)) return false;
  const isSwapped = changed.length === 2 && changed === reversed(meant);
  return isSwapped || (changed.length <= 1 && meant.length <= 1);
}

function commonStart(word: string, other: string): number {
  let length = 0;
  while (length < word.length && word[length] === other[length]) length += 1;
  return length;
}

const reversed = (word: string) => Array.from(word).reverse().join("");
