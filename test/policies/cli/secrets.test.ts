import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asSarif } from "../../../policies/cli/sarif.ts";
import { asText } from "../../../policies/cli/text.ts";
import { reportOf } from "../../../policies/cli/check.ts";
import { readDocuments } from "../../../policies/cli/documents.ts";
import { BAD, run, scratch } from "./example.ts";

const SECRET = "MyPass1";
const { write } = scratch();

/** All that can be printed of what is broken in a text. */
function saidOf(content: string): string {
  const reports = readDocuments("a.yaml", content)
    .filter((document) => "reason" in document)
    .map(reportOf);
  const counts = { files: 1, objects: 0, replaced: 0, others: 0 };
  return [
    JSON.stringify(reports),
    asText(reports, [], counts),
    JSON.stringify(asSarif(reports, [], { remarks: [], exitCode: 1 })),
  ].join("\n");
}

const marks = [
  "a",
  ": ",
  ":",
  "- ",
  "? ",
  "\n",
  "  ",
  "\t",
  "[",
  "]",
  "{",
  "}",
  ",",
  "'",
  '"',
  "\\",
  "|",
  ">",
  "&",
  "*",
];
const more = [
  "!",
  "!!",
  "!<",
  ">",
  "%",
  "%TAG ",
  "%YAML ",
  "#",
  "---",
  "...",
  "<<",
  "@",
  "`",
  "\0",
  "\u0007",
  "~",
  "{{",
];
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...marks, ...more) },
  { weight: 1, arbitrary: fc.constant(SECRET) },
);

describe("what is said of a broken text", () => {
  it("never quotes it, wherever the secret stands", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        expect(saidOf(pieces.join(""))).not.toContain(SECRET);
      }),
      { numRuns: 5000 },
    );
  });

  it("never quotes a manifest that a few signs have broken", () => {
    const manifest = BAD.replaceAll(/v1\b|v7|GET|http/g, SECRET);
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.nat(manifest.length), (pieces, at) => {
        expect(saidOf(manifest.slice(0, at) + pieces.join("") + manifest.slice(at))).not.toContain(SECRET);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    `password: *${SECRET}\n`,
    `password: !${SECRET}\n`,
    `password: !${SECRET} x\n`,
    `password: !${SECRET} [x]\n`,
    `password: !<${SECRET}> x\n`,
    `password: !a!${SECRET} x\n`,
    `password: !${SECRET}!a x\n`,
    `password: !!int ${SECRET}\n`,
    `password: &${SECRET} {<<: *${SECRET}}\n`,
    `password: "\\${SECRET}"\n`,
    `password: %${SECRET}\n`,
    `password: @${SECRET}\n`,
    `${SECRET}\n:\n`,
    `%TAG !${SECRET}! a\n%TAG !${SECRET}! a\n`,
    `{${SECRET}: {}}: 1\n`,
  ])("never quotes %j, in no format and not as a mesh config", (content) => {
    const file = write("a.yaml", content);
    for (const args of [[file], ["--json", file], ["--sarif", file], ["--mesh-config", file, file]]) {
      const { out, err } = run(...args);
      expect(out + err).not.toContain(SECRET);
    }
  });
});
