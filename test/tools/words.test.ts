import fc from "fast-check";
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../../tools/words.ts";

describe("the words of a line", () => {
  it.each<[line: string, words: string[]]>([
    ["", []],
    [" a  b\tc\n", ["a", "b", "c"]],
    [`login 's3://bucket?region=eu-west-1'`, ["login", "s3://bucket?region=eu-west-1"]],
    [`--secrets-provider='awskms://alias/x?a=b&c'`, ["--secrets-provider=awskms://alias/x?a=b&c"]],
    [`-t "a 'b' c" ''`, ["-t", "a 'b' c", ""]],
    [String.raw`a\ b "c\"d" 'e\f' "g\h"`, ["a b", 'c"d', String.raw`e\f`, String.raw`g\h`]],
    ["$(touch x) `y`; z", ["$(touch", "x)", "`y`;", "z"]],
  ])("%j", (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });

  it.each(["'a", 'b "c', `'"`])("has to close its quotes: %s", (line) => {
    expect(() => wordsOf(line)).toThrow(/a quote is not closed/);
  });

  it("are those that a shell makes of it, where there is nothing to run or replace", () => {
    const lines = fc.stringMatching(/^[a-z ='"\\]*$/);
    fc.assert(
      fc.property(lines, (line) => {
        // A backslash at the end would go on in the next line.
        fc.pre(!line.endsWith("\\"));
        const shell = spawnSync("sh", ["-c", `printf '<%s>' ${line}`], { encoding: "utf8" });
        const words = () => wordsOf(line).map((word) => `<${word}>`);
        if (shell.status !== 0) expect(words).toThrow();
        else expect(words().join("") || "<>").toBe(shell.stdout);
      }),
      { numRuns: 300 },
    );
  });
});
