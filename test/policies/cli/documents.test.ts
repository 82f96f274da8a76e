import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDocuments } from "../../../policies/cli/documents.ts";
import { placeOf, stepsOf } from "../../../policies/cli/places.ts";

/** Each list holds the one before it. */
const deep = () =>
  ["a0: &a0 [1]", ...Array.from({ length: 200 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`)].join("\n");

const read = (content: string) =>
  readDocuments("a.yaml", content).map((document) =>
    "value" in document ? document.value : [document.line, "broken"],
  );

describe("the documents of a file", () => {
  it.each<[what: string, content: string, values: unknown[]]>([
    ["one", "a: 1\n", [{ a: 1 }]],
    ["several", "a: 1\n---\nb: 2\n---\nc: 3\n", [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ["nothing", "", []],
    ["comments only", "# nothing\n---\n# here\n---\n", []],
    ["directives", "%YAML 1.2\n---\na: 1\n", [{ a: 1 }]],
    ["a comment on the boundary", "a: 1\n--- # second\nb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["an end mark", "a: 1\n...\n---\nb: 2\n...\n", [{ a: 1 }, { b: 2 }]],
    ["dashes in a text", "a: |\n  one\n  ---\n  two\n", [{ a: "one\n---\ntwo\n" }]],
    ["carriage returns", "a: 1\r\n---\r\nb: 2\r\n", [{ a: 1 }, { b: 2 }]],
    ["a byte order mark", "\uFEFFa: 1\n", [{ a: 1 }]],
    ["JSON", '{\n\t"a": [1, null, true]\n}\n', [{ a: [1, null, true] }]],
    ["booleans as Kubernetes reads them", "a: yes\nb: off\nc: 'yes'\n", [{ a: true, b: false, c: "yes" }]],
    ["what looks like a time", "a: 2024-01-01\nb: 12:30:45\n", [{ a: "2024-01-01", b: "12:30:45" }]],
    [
      "brackets as far left as their key",
      "a:\n  b: [\n    1,\n  ]\n  c: {\nd: 2\n}\n",
      [{ a: { b: [1], c: { d: 2 } } }],
    ],
    ["quotes that go on at the left", 'a:\n  b: "one\ntwo"\n', [{ a: { b: "one two" } }]],
    ["tabs between what stands in one line", "a:\t[b,\tc]\nd:\t{e:\t&x [f]}\n", [{ a: ["b", "c"], d: { e: ["f"] } }]],
    ["a tab further to the right than the text before it", "a: b\n \t\nc: d\n", [{ a: "b", c: "d" }]],
    ["a tab in a list in brackets", "a: [\n\t\nb\n\t# c\n]\n", [{ a: ["b"] }]],
    ["a tab in quotes", "a: 'b\n\t\n  c'\n", [{ a: "b\nc" }]],
    ["a tab in a text", "a: |\n  b\n  \t\n  c\n", [{ a: "b\n\t\nc\n" }]],
    ["a tab at the begin of a text whose indentation is told", "a: |2\n  \t\n  c\n", [{ a: "\t\nc\n" }]],
    ["merged maps", "a: &a {c: 1}\nb: {<<: *a, d: 2}\n", [{ a: { c: 1 }, b: { c: 1, d: 2 } }]],
  ])("%s", (_what, content, values) => {
    expect(read(content)).toEqual(values);
  });

  it.each<[what: string, content: string, values: unknown[]]>([
    ["between good ones", "a: 1\n---\nb: [1,\nc\n---\nd: 4\n", [{ a: 1 }, [3, "broken"], { d: 4 }]],
    ["a key twice", "x: 1\na: 1\na: 2\n", [[3, "broken"]]],
    ["a tab as indentation", "a:\n\tb: 1\n", [[2, "broken"]]],
    ["an alias of itself", "a: &a [*a]\n", [[1, "broken"]]],
    [
      "aliases of aliases of aliases",
      ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
        .concat(Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]`))
        .join("\n"),
      [[6, "broken"]],
    ],
    ["lists in lists without end", "[".repeat(50_000), [[1, "broken"]]],
    ["a broken one before an end mark", "a: 1\n...\nb: *b\n...\nc: 3\n", [{ a: 1 }, [3, "broken"], { c: 3 }]],
  ])("that are broken: %s", (_what, content, values) => {
    expect(read(content)).toEqual(values);
  });

  it.each<[what: string, content: string, line: number, column: number, reason: RegExp]>([
    ["a key twice", "a: 1\na: 2\n", 2, 1, /stands twice/],
    ["an alias without an anchor", "a:\n  b: *SECRET\n", 2, 6, /no anchor .* quotes .* begins with \*/],
    ["an alias of what it stands in", "a: &a\n  b: *a\n", 2, 6, /has no end/],
    ["aliases that lead deeper and deeper", deep(), 99, 12, /more than can be read/],
    ["a tag of others", "a: !SECRET\n", 1, 4, /no such tag.* begins with !/],
    ["a tag of others on a map", "a: !SECRET {b: 1}\n", 1, 4, /no such tag/],
    ["a tag that has no form", "a: !<SECRET\n", 2, 1, /quotes .* begins with !/],
    ["a tag that the value does not fit", "a: !!int SECRET\n", 1, 4, /not of the type/],
    ["a handle of others", "a: !SECRET!b c\n", 1, 13, /no such tag/],
    ["an unknown escape", 'a: "SECRET\\S"\n', 1, 12, /backslash twice/],
    ["a tab as indentation", "a:\n\tb: SECRET\n", 2, 1, /not with tabs/],
    // As sigs.k8s.io/yaml, which Kubernetes reads with.
    ["a line of a tab after a text", "a: b\n\t\nc: d\n", 2, 1, /remove the tab/],
    ["a line of blanks and a tab in a map", "a:\n  b: c\n  \t\n  d: e\n", 3, 3, /remove the tab/],
    ["a line of a tab after a text in quotes", "a: 'b'\n   \t\nc: d\n", 2, 4, /remove the tab/],
    ["a line of a tab after a list in brackets", "a: [b]\n   \t\nc: d\n", 2, 4, /remove the tab/],
    ["a line of a tab below a key", "a:\n \t\n  b: c\n", 2, 2, /remove the tab/],
    ["a line of a tab after a comment", "a: b # c\n  \t\nd: e\n", 2, 3, /remove the tab/],
    ["a line of a tab behind a text in a block", "a: |\n  b\n\t\n", 3, 1, /remove the tab/],
    ["a line of a tab before a text in a block", "a: |+\n\n   \t\n    b\n", 3, 4, /remove the tab/],
    ["a line of a tab alone", "\n\t\n", 2, 1, /remove the tab/],
    ["a tab before a comment", "a: b\n\t# c\nd: e\n", 2, 1, /remove the tab/],
    ["a tab at the end", "a: b\n\t", 2, 1, /remove the tab/],
    ["a NUL", "a: 1\nb: SECRET\0\n", 2, 10, /NUL/],
    ["a bell", "a: SECRET\u0007\n", 1, 10, /no manifest may have/],
    ["a map as a key", "{SECRET: 1}: 2\n", 1, 1, /where a key has to be/],
    ["a list as a key", "? [SECRET]\n: 2\n", 1, 1, /where a key has to be/],
    ["a template of Helm", "{{ SECRET }}\n", 1, 1, /^a template .* helm template/],
    ["ten thousand lists", "[".repeat(10_000), 1, 100, /deeper/],
    ["a list that has no end", "a: [SECRET\n", 1, 4, /bracket .* begins here/],
    ["a quote that has no end", "a: 'SECRET\n", 1, 4, /quote that begins here/],
    ["a merge of a text", "<<: SECRET\n", 1, 1, /<< takes/],
    ["two texts", "a: 'x' SECRET\n", 1, 6, /after the quote/],
    ["a directive without its end", "%SECRET\na: 1\n", 2, 1, /with ---/],
    ["a directive twice", "a: 1\n...\n%YAML 1.2\n%YAML 1.2\n", 5, 1, /begins with %/],
  ])("say where and in words of their own what is wrong: %s", (_what, content, line, column, reason) => {
    const found = readDocuments("a.yaml", content);
    expect(found).toMatchObject([{ file: "a.yaml", line, column, reason: expect.stringMatching(reason) as string }]);
    expect(JSON.stringify(found)).not.toContain("SECRET");
  });

  it.each<[what: string, content: string, value: unknown]>([
    ["at the end of an address in brackets", "a: [fe80::, 2001:db8::]\n", ["fe80::", "2001:db8::"]],
    ["at the end of a key in braces", "a: {it's:}\n", { "it's:": null }],
    ["before a blank", "a: [b: , c: 1]\n", [{ b: null }, { c: 1 }]],
    ["after a quote", 'a: ["b":]\n', [{ b: null }]],
  ])("have a colon %s as Kubernetes reads it", (_what, content, value) => {
    expect(read(content)).toEqual([{ a: value }]);
  });

  it("leave out no line that only looks empty", () => {
    expect(read("\u00A0\n")).toEqual(["\u00A0"]);
  });

  it.each<[what: string, content: string, value: unknown]>([
    ["as many aliases as anyone likes", `a: &a 1\nb: [${"*a, ".repeat(5000)}]`, 5000],
    ["hundreds of lines that stand too far left", `a:\n  b: [\n${"1,\n".repeat(500)}]\n`, 500],
  ])("have %s", (_what, content, length) => {
    const [document] = readDocuments("a.yaml", content);
    expect(
      JSON.stringify(document && "value" in document && document.value).match(/1/g)?.length,
    ).toBeGreaterThanOrEqual(length as number);
  });

  // Each of these took minutes, or had no end.
  it.each<[what: string, content: string]>([
    ["blank lines", `${"\n".repeat(100_000)}a: 1\n`],
    ["blank lines of Windows", `${"\r\n".repeat(100_000)}a: 1\n`],
    ["comments", `${"# a\n".repeat(100_000)}a: 1\n`],
    ["blanks", `${" ".repeat(1_000_000)}\n`],
  ])("are read at once after many %s", (_what, content) => {
    const start = performance.now();
    readDocuments("a.yaml", content);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("never throw", () => {
    const piece = fc.constantFrom(
      "a",
      ": ",
      "- ",
      "\n",
      "  ",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "|",
      "'",
      '"',
      "---",
      "...",
      "%",
      "#",
      "!t ",
      "<<",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const document of readDocuments("a.yaml", pieces.join(""))) {
          expect(document.line).toBeGreaterThan(0);
          if ("value" in document) expect(placeOf(document, "a.a[0]").line).toBeGreaterThanOrEqual(document.line);
        }
      }),
    );
  });
});

const FILE = `# a comment
kind: ConfigMap
---
kind: VirtualService
metadata:
  annotations: {"a.example/b": x, "with \\"quotes\\"": y}
spec:
  http:
    - match:
        - headers:
            x-user: {exact: jason}
    - &second
      route: []
    - *second
  "tls": [
    {a: 1},
  {a: 2},
  ]
`;

describe("the place of a path", () => {
  const [, document] = readDocuments("a.yaml", FILE);
  if (document === undefined || !("value" in document)) throw new Error("the text has a second document");

  it.each<[path: string, line: number, column: number]>([
    ["", 4, 1],
    ["metadata", 5, 1],
    ['metadata.annotations["a.example/b"]', 6, 17],
    ['metadata.annotations["with \\"quotes\\""]', 6, 35],
    ['spec.http[0].match[0].headers["x-user"]', 11, 13],
    ['spec.http[0].match[0].headers["x-user"].exact', 11, 22],
    ["spec.http[1].route", 13, 7],
    ["spec.http[2]", 14, 7],
    ["spec.tls[1].a", 17, 4],
    // What is missing is shown where it would be.
    ["spec.http[0].route", 9, 7],
    ["spec.http[7]", 8, 3],
    ["spec.hosts", 7, 1],
    ["spec.tls[1].a.b[3]", 17, 4],
  ])("%s is in line %i, column %i", (path, line, column) => {
    const { line: found, column: foundColumn } = placeOf(document, path);
    expect([found, foundColumn]).toEqual([line, column]);
  });

  it("reads any path as it is written", () => {
    expect(stepsOf('a.b[0]["x.y[1]"]["\\"]"].c')).toEqual(["a", "b", 0, "x.y[1]", '"]', "c"]);
  });

  it("is found for each of many findings in one document", () => {
    const [many] = readDocuments("a.yaml", `a:\n${"  - b\n".repeat(50_000)}`);
    if (many === undefined || !("value" in many)) throw new Error("the text has a document");
    const start = performance.now();
    for (let index = 0; index < 50_000; index += 1) {
      expect(placeOf(many, `a[${index}]`).line === index + 2).toBe(true);
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
