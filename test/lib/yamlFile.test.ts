import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { load } from "js-yaml";
import { pathText } from "../../lib/schema/problems.ts";
import { problemPlace } from "../../lib/yaml/values.ts";
import { readYaml } from "../../lib/yamlFile.ts";
import { texts } from "../settings/examples.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yaml-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, "file.yaml");
const read = (content: string | Buffer) => {
  writeFileSync(file(), content);
  return readYaml(file(), "divide it");
};
const wordsOf = (content: string | Buffer) => {
  const result = read(content);
  return "problems" in result ? result.problems.map((each) => `${problemPlace(each)} ${each.reason}`.trim()) : [];
};

describe("a YAML file", () => {
  it.each<[what: string, text: string, value: unknown]>([
    ["nothing", "", null],
    ["comments alone", "# a\n# b\n", null],
    ["a mark of UTF-8", "\uFEFFa: 1", { a: 1 }],
    ["line ends of Windows", "a: 1\r\nb:\r\n  - x\r\n", { a: 1, b: ["x"] }],
    ["JSON", '{"a": {"b": [1, null, true]}}', { a: { b: [1, null, true] } }],
    ["a start of the document", "---\na: 1\n", { a: 1 }],
    [
      "a map below its name and anchor, and in a list",
      "a: &x\n  b: 1\nc: [*x]\nd:\n  - e: 1\n? f\n: g: 1",
      {
        a: { b: 1 },
        c: [{ b: 1 }],
        d: [{ e: 1 }],
        f: { g: 1 },
      },
    ],
    ["anchors and aliases", "a: &x { b: 1 }\nc: [*x, *x]", { a: { b: 1 }, c: [{ b: 1 }, { b: 1 }] }],
    ["two hundred aliases", `a: &x y\nb: [${Array(200).fill("*x").join(", ")}]`, { a: "y", b: Array(200).fill("y") }],
    ["a tag for a string", "a: !!str 010", { a: "010" }],
    ["a ? outside of brackets", "a: http://b/?c=d", { a: "http://b/?c=d" }],
    ["quotes in brackets", 'a: {"b":["?c", \'d?\'], e: []}', { a: { b: ["?c", "d?"], e: [] } }],
    [
      "names on lines of their own in brackets",
      "a: {\n  b: 1,\n  c: { d, e: 2 }\n}",
      { a: { b: 1, c: { d: null, e: 2 } } },
    ],
    ["brackets that end at the key", "a:\n  b: [\n    x\n  ]\n", { a: { b: ["x"] } }],
    ["ports for names", "a: { 80: b, 8080: c }", { a: { 80: "b", 8080: "c" } }],
    ["a block of text", "a: |\n  1\n   2\nb: >-\n  x\n  y", { a: "1\n 2\n", b: "x y" }],
    ["words of other YAMLs", "a: [yes, No, on, OFF, y, n]", { a: ["yes", "No", "on", "OFF", "y", "n"] }],
    [
      "versions, addresses, durations",
      "a: [1.31.1, 10.0.0.0/16, 3s, 12:30:45, 1-31-1, 2024-01]",
      {
        a: ["1.31.1", "10.0.0.0/16", "3s", "12:30:45", "1-31-1", "2024-01"],
      },
    ],
    ["hashes of commits", "a: [0b3f9c1d, 0x, 0o9, 7e, e7]", { a: ["0b3f9c1d", "0x", "0o9", "7e", "e7"] }],
    ["numbers", "a: [0, -1, +5, 1.5, .5, 1e3, 0x1F, 0o17, 1.0]", { a: [0, -1, 5, 1.5, 0.5, 1000, 31, 15, 1] }],
    ["numbers in quotes", "a: ['010', \"1_000\", '2024-01-01']", { a: ["010", "1_000", "2024-01-01"] }],
    [
      "names of JavaScript's own",
      '{constructor: 1, toString: 2, "__proto__": 3}',
      JSON.parse('{"constructor":1,"toString":2,"__proto__":3}'),
    ],
  ])("may hold %s", (_what, text, value) => {
    expect(read(text)).toStrictEqual({ value });
  });

  it("may be any stack file and any example of ours", () => {
    expect(texts.length).toBeGreaterThan(30);
    for (const text of texts) expect(read(text)).toEqual({ value: load(text) });
  });

  it.each<[what: string, text: string, words: RegExp]>([
    ["an octal number", "a: 010", /^a \(line 1\) begins with 0, .*leave the 0 out, or put it in quotes/],
    ["an account with a 0", "a: 012345678901", /^a \(line 1\) begins with 0/],
    ["underscores", "\na: [1_000]", /^a\[0\] \(line 2\) is a number with underscores/],
    ["binary", "a: 0b11", /^a \(line 1\) is a number in a notation that only Pulumi reads/],
    ["capitals in a base", "a: 0X1F", /only Pulumi reads/],
    ["a sign before a base", "a: -0x1F", /only Pulumi reads/],
    ["a date", "a: 2024-01-15", /^a \(line 1\) is a date to Pulumi, .*: put it in quotes$/],
    ["a time", "a: 2024-01-15T10:00:00Z", /is a date to Pulumi/],
    ["infinity", "a: -.inf", /is no finite number/],
    ["no number", "a: .NaN", /is no finite number/],
    ["too great a number", "a: 9007199254740993", /more digits than a number keeps: put it in quotes/],
    ["too great an exponent", "a: 123e4567", /more digits than a number keeps: put it in quotes/],
    ["a merge", "x: &x {a: 1}\ny:\n  <<: *x", /^y \(line 3\) merges another map, .*: write out here/],
    ["a set", "a: !!set {b}", /^a \(line 1\) begins with !, so it is a tag: leave the tag out/],
    ["an ordered map", "a: !!omap [b: 1]", /so it is a tag/],
    ["a binary", "a: !!binary aGVsbG8=", /so it is a tag/],
    ["a fraction for a name", "a: { 1.5: b }", /^a \(line 1\) has a name that is no text: put the name in quotes/],
    ["a number in another notation for a name", "a: { 0x50: b }", /^a \(line 1\) has a name that is no text/],
    ["a boolean for a name", "true: b", /^line 1 has a name that is no text/],
    ["nothing for a name", "a:\n  ~: b", /^a \(line 2\) has a name that is no text/],
    [
      "a map for a name",
      "a: {{ .Values.x }}",
      /^a \(line 1\) has a name that is no text: put a text that begins with \{/,
    ],
    ["a list for a name", "[a]: b", /^line 1 has a name that is no text/],
    ["a name twice", "a:\n  b: 1\n  c: 2\n  b: 3", /^a\.b \(line 4\) is there twice, first on line 2: remove one/],
    ["no anchor", "a: *b", /^a \(line 1\) begins with \*, so it is an alias, .*: put text in quotes$/],
    ["an anchor of nothing", "a: &b", /^a \(line 1\) begins with &, which marks an anchor: put a text in quotes$/],
    ["an anchor with another name", "a: &b=c d", /^a \(line 1\) begins with &, /],
    [
      "a map beside its name",
      "a: &x b: 1",
      /^a \(line 1\) is a map that begins on the line of its name or anchor: put it below/,
    ],
    [
      "a ? in brackets",
      "a: [http://b/?c]",
      /^a\[0\] \(line 1\) has a \? or begins with : inside brackets: put it in quotes$/,
    ],
    [
      "a word with : before it in brackets",
      "a: { b: :c }",
      /^a\.b \(line 1\) has a \? or begins with : inside brackets/,
    ],
    ["a ? in brackets after a tag", "a: [!!str b?]", /^a\[0\] \(line 1\) has a \? or begins with :/],
    [
      "a name on two lines in brackets",
      "a: { b\n  c: 1 }",
      /^a \(line 1\) has a name in brackets that is on two lines/,
    ],
    ["a colon on the next line", "a: { b\n  : 1 }", /^a \(line 1\) has a name in brackets that is on two lines/],
    ["a bracket right after a colon", "a: {b:[c]}", /^a \(line 1\) has no space after the : in brackets: write one$/],
    ["a bracket right after a name", "a: [b:]", /^a\[0\] \(line 1\) has no space after the : in brackets: write one$/],
    [
      "two anchors for one name",
      "a:\n  &x &y b: c",
      /^a \(line 2\) is a map that begins on the line of its name or anchor/,
    ],
    ["a circle", "a: &x { b: [*x] }", /^a\.b\[0\] \(line 1\) is an alias of the part of the file that it is in/],
    ["two documents", "a: 1\n---\nb: 2", /^has several documents, .*: leave the others out/],
    ["a directive", "%YAML 1.1\n---\na: yes", /^has lines that begin with %/],
    ["a tab", "a:\n\tb: 1", /^line 2 is indented with a tab: indent with spaces$/],
    ["no end of a text", 'a: "b', /^line \d begins a quoted text that does not end/],
    ["no end of a list", "a: [b", /^line \d begins a list or map that does not end/],
    ["a reserved letter", "a: @b", /^line 1 is not YAML: .*put texts with .* in quotes$/],
    ["a no-break space before a name", "a:\n\u00a0\u00a0b: 1", /^line 2 begins with a blank that is no space/],
    ["a no-break space before a word", "a:\n\u00a0\u00a0- b", /^line 2 begins with a blank that is no space/],
    ["a control character", "a: b\u0007", /^line 1 has the invisible character U\+0007/],
    ["a line end of old YAML", "a: b\u2028c: d", /^line 1 has the invisible character U\+2028/],
  ])("is refused by its line where it has %s", (_what, text, words) => {
    expect(wordsOf(text)).toEqual([expect.stringMatching(words)]);
  });

  it("is refused with everything that is wrong in it", () => {
    expect(wordsOf("a: 010\nb: *c\nd: !e f\n").map((words) => words.slice(0, 10))).toEqual([
      "a (line 1)",
      "b (line 2)",
      "d (line 3)",
    ]);
  });

  it.each<[encoding: string, bytes: Buffer]>([
    ["UTF-16", Buffer.from("\uFEFFa: 1", "utf16le")],
    ["UTF-16 the other way", Buffer.from("\uFEFFa: 1", "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from("a: 1", "utf16le")],
    ["UTF-32", Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x61])],
    ["Latin-1", Buffer.from("a: é", "latin1")],
  ])("is refused in %s", (_encoding, bytes) => {
    expect(wordsOf(bytes)).toEqual([expect.stringMatching(/^is not UTF-8.*: save it as UTF-8$/)]);
  });

  it("is refused where it is no file", () => {
    mkdirSync(join(folder, "folder.yaml"));
    symlinkSync("nowhere", join(folder, "dangling.yaml"));
    const why = (name: string) => readYaml(join(folder, name), "");
    expect(why("folder.yaml")).toEqual({ problems: [{ path: [], reason: "is a folder: name the files in it" }] });
    expect(why("dangling.yaml")).toEqual({ problems: [expect.objectContaining({ path: [] })] });
    expect(readYaml("/dev/zero", "")).toEqual({ problems: [{ path: [], reason: "is no file that can be read" }] });
  });

  it.each<[what: string, text: string]>([
    ["a tag", "password: !hunter2"],
    ["a tag with a handle", "password: !hunter2!x y"],
    ["a tag without an end", "password: !<hunter2"],
    ["an alias", "password: *hunter2"],
    ["an alias before a bracket", "password: *hunter2]"],
    ["an anchor", "password: &hunter2 &hunter2"],
    ["a directive", "%hunter2\n---\na"],
    ["a percent sign", "password: %hunter2"],
    ["an escape", 'password: "hunter2\\q"'],
    ["a map", "password: {{hunter2}}"],
    ["no end", "password: 'hunter2"],
    ["a wrong indentation", "  password: hunter2\n hunter2"],
    ["a date", "password: 2024-01-15 # hunter2"],
  ])("never shows what is in it: %s", (_what, text) => {
    const warned = vi.spyOn(process, "emitWarning");
    const words = wordsOf(text);
    expect(words.length).toBeGreaterThan(0);
    expect(words.join()).not.toContain("hunter2");
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it("is read or refused, whatever it is, and shows none of its values", () => {
    const token = fc.constantFrom(
      ..."a: |b: |- |? |: |, |[|]|{|}|&x |*x |!t |!!str |'|\"|\\|#|\n|\n  |\n\t|\t|---\n|...\n|<<: |010|~|>|%|@|`|\u00a0|\r|\0|é".split(
        "|",
      ),
      "|",
      "hunter2",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
        const words = wordsOf(tokens.join(""));
        // A name may be shown.
        expect(words.join().replaceAll(/^\S* \(line/gm, "")).not.toMatch(/hunter2(?!.*\(line)/);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[what: string, text: () => string, words: RegExp]>([
    ["60,000 hosts", () => hosts(60_000), /^is longer than 1024 KiB: divide it$/],
    ["10,000 levels of lists", () => `a: ${"[".repeat(10_000)}${"]".repeat(10_000)}`, /nested more than 100 levels/],
    ["500,000 brackets", () => `a: ${"[".repeat(500_000)}`, /nested more than 100 levels/],
    [
      "1,000 levels of maps",
      () => Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      /nested more than 100/,
    ],
    ["a bomb of aliases", () => bomb(30), /repeats too much by its aliases/],
    ["a tower of aliases", () => tower(5000), /repeats too much by its aliases/],
    ["50,000 wrong words", () => `a: [${Array(50_000).fill("010").join()}]`, /begins with 0/],
    ["20,000 names twice", () => "a: 1\n".repeat(20_000), /^a \(line 2\) is there twice/],
  ])("is refused within two seconds where it has %s", (_what, text, words) => {
    writeFileSync(file(), text());
    const begin = performance.now();
    const result = readYaml(file(), "divide it");
    expect(performance.now() - begin).toBeLessThan(2000);
    const problems = "problems" in result ? result.problems : [];
    expect(problems.length).toBeLessThanOrEqual(51);
    expect(problems.map((each) => `${pathText(each.path)} ${problemPlace(each)} ${each.reason}`).join("\n")).toMatch(
      new RegExp(words.source.replace("^", "(^|\\s)"), "m"),
    );
  });

  it("may have as many comments as somebody likes", () => {
    expect(read(`a: 1\n${"  # remember the milk\n".repeat(100_000)}b: 2\n`)).toEqual({ value: { a: 1, b: 2 } });
  });
});

const hosts = (count: number) =>
  Array.from(
    { length: count },
    (_, i) =>
      `service-${i}.example.com: { routes: [{ timeout: 3s }], trafficPolicy: { loadBalancer: { simple: RANDOM } } }\n`,
  ).join("");
const bomb = (levels: number) =>
  ["a0: &a0 x", ...Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`)].join(
    "\n",
  );
const tower = (levels: number) =>
  ["a0: &a0 x", ...Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`)].join("\n");
