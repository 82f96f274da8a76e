/** What a class such as `\d` takes, one character of it. */
const CLASSES: Readonly<Record<string, string>> = {
  d: "1",
  w: "a",
  s: " ",
  D: "a",
  W: "-",
  S: "a",
  b: "",
  n: "\n",
  t: "\t",
};

/**
 * A short text that a regular expression matches: what may be left out is left out, and of alternatives the first one is
 * taken. It understands what people write in routes, not all of RE2: whether the text fits is for the caller to see.
 */
export function sampleText(regex: string): string {
  const source = regex.replace(/^\(\?[is]+\)/, "");
  let at = 0;
  const next = () => source[at++] ?? "";

  /** Up to the end of the group; only the first of its alternatives is kept. */
  const group = (): string => {
    let kept: string | undefined;
    let text = "";
    while (at < source.length && source[at] !== ")") {
      if (source[at] === "|") {
        at++;
        kept ??= text;
        text = "";
      } else {
        text += repeated(atom());
      }
    }
    at++;
    return kept ?? text;
  };
  const atom = (): string => {
    const character = next();
    switch (character) {
      case "(":
        at += /^\?(?::|P?<\w+>)/.exec(source.slice(at))?.[0].length ?? 0;
        return group();
      case "[":
        return bracket();
      case "\\": {
        const escaped = next();
        return CLASSES[escaped] ?? escaped;
      }
      case ".":
        return "v";
      case "^":
      case "$":
        return "";
      default:
        return character;
    }
  };
  const bracket = (): string => {
    const [all = "", not = "", inside = ""] = /^(\^?)(\]?(?:\\.|[^\]\\])*)\]/.exec(source.slice(at)) ?? [];
    at += all.length;
    if (not) return ["v", "1", "-", "/"].find((character) => new RegExp(`[^${inside}]`).test(character)) ?? "v";
    return inside.startsWith("\\") ? (CLASSES[inside[1] ?? ""] ?? inside[1] ?? "") : (inside[0] ?? "");
  };
  const repeated = (text: string): string => {
    const [all = "", least] = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(at)) ?? [];
    at += all.length;
    if (all.startsWith("*") || all.startsWith("?")) return "";
    return least === undefined ? text : text.repeat(Number(least));
  };

  return group();
}
