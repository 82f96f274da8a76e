import { describe, expect, it } from "vitest";
import { readDocuments } from "../../../policies/cli/documents.ts";

const faults = (content: string) =>
  readDocuments("a.yaml", content).map(
    (document) => "reason" in document && [document.line, document.column, document.reason],
  );

const TEMPLATE = /^a template with {{ }} is no manifest: .* helm template and --chart/;

/** The first lines of a manifest, to which what is broken is added. */
const HEAD = "kind: VirtualService\nmetadata:\n  name: a\nspec:\n";

type Row = readonly [what: string, content: string, line: number, column: number, reason: RegExp];

describe("where the mistake is, and what it is", () => {
  it.each<Row>([
    ["in brackets", `${HEAD}  hosts: [{{ .Values.host }}]\n`, 5, 11, TEMPLATE],
    ["as a value", `${HEAD}  hosts: {{ .Values.hosts }}\n`, 5, 10, TEMPLATE],
    ["within a value", "metadata:\n  name: {{ .Release.Name }}-a\n", 2, 9, TEMPLATE],
    ["as a key", `${HEAD}  {{ .Values.key }}: a\n`, 5, 3, TEMPLATE],
    ["with quotes in it", `${HEAD}  host: {{ .Values.host | default "a" }}\n`, 5, 9, TEMPLATE],
    ["on a line of its own", `{{- if .Values.a }}\n${HEAD}  hosts: []\n{{- end }}\n`, 1, 1, TEMPLATE],
    ["deeper", `${HEAD}  hosts:\n  {{- range .Values.hosts }}\n  - a\n  {{- end }}\n`, 6, 3, TEMPLATE],
    ["over lines", `${HEAD}  {{-\n  include "a" . }}\n  hosts: []\n`, 5, 3, TEMPLATE],
    ["with two ways", "{{ if .a }}\na: 1\n{{ else }}\na: 2\n{{ end }}\n", 1, 1, TEMPLATE],
    ["of Jinja", `${HEAD}{% for a in b %}\n  hosts: []\n{% endfor %}\n`, 5, 1, TEMPLATE],
    ["in the second document", `a: 1\n---\n${HEAD}  hosts: {{ .a }}\n`, 7, 10, TEMPLATE],
  ])("a template %s", (_what, content, line, column, reason) => {
    expect(faults(content).filter(Boolean)).toEqual([[line, column, expect.stringMatching(reason)]]);
  });

  it.each<Row>([
    ["in a comment", `${HEAD}  # {{ .a }}\n  hosts: []\n   http: []\n`, 7, 4, /indented/],
    ["in a text in a block", `${HEAD}  lua: |\n    a = {{1}, {2}}\n  b: 1\n   c: 2\n`, 8, 4, /indented/],
    ["behind it", `${HEAD}\thosts: []\n  b: {{ .a }}\n`, 5, 1, /tabs/],
  ])("no template %s", (_what, content, line, column, reason) => {
    expect(faults(content)).toEqual([[line, column, expect.stringMatching(reason)]]);
  });

  it.each<Row>([
    [
      "a double quote without an end",
      `${HEAD}  a: "b"\n  hosts: ["a]\n  http:\n  - name: b\n`,
      6,
      11,
      /quote that begins here/,
    ],
    [
      "a single quote without an end",
      `${HEAD}  a: it's # 'b'\n  hosts:\n  - 'a\n  http: []\n`,
      7,
      5,
      /quote that begins here/,
    ],
    ["a quote that ends in another one", `${HEAD}  a: "b\n  c: "d"\n`, 5, 6, /ends lines later/],
    ["a bracket without an end", `${HEAD}  hosts: [a, b\n  http:\n  - route: []\n`, 5, 10, /bracket .* begins here/],
    ["a brace without an end", "spec: {hosts: [a], http: [{route: []}]\n", 1, 7, /brace .* begins here/],
    ["a bracket after a text in a block", 'a: |\n  [ { "\nb: [c\n', 3, 4, /bracket .* begins here/],
    ["a comma that is missing in JSON", '{\n  "a": 1,\n  "b": 2\n  "c": 3\n}\n', 4, 3, /comma is missing/],
    ["a comma that is missing in a line", '{"a": 1 "b": 2}\n', 1, 9, /comma is missing/],
    ["a placeholder in brackets", `${HEAD}  hosts: [\${HOST}]\n`, 5, 11, /placeholder/],
    ["no blank after a colon", `${HEAD}  hosts:[a]\n  http: []\n`, 5, 8, /blank is missing/],
    ["two colons in a line", `${HEAD}  hosts: a: b\n`, 5, 11, /second colon/],
    ["a value that begins with @", `${HEAD}  hosts:\n  - @a\n`, 6, 5, /begins with @/],
    ["an apostrophe in single quotes", `${HEAD}  a: 'it's'\n`, 5, 9, /after the quote/],
    ["text after quotes", `${HEAD}  a: "b" c\n`, 5, 8, /after the quote/],
    ["a word alone", "a: 1\nb\n", 2, 1, /missing colon/],
    ["a conflict of a merge", `${HEAD}<<<<<<< HEAD\n  a: 1\n=======\n  a: 2\n>>>>>>> b\n`, 5, 1, /conflict/],
    ["objects without a boundary", `${HEAD}  a: 1\n${HEAD}`, 6, 1, /second object .* ---/],
    ["a key twice", "a: 1\nb: 2\na: 3\n", 3, 1, /stands twice/],
    ["a key twice in braces", "x: {kind: 1, kind: 2}\n", 1, 14, /stands twice/],
  ])("%s", (_what, content, line, column, reason) => {
    expect(faults(content)).toEqual([[line, column, expect.stringMatching(reason)]]);
  });
});
