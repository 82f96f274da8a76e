// Stack files by the engine's own reading: what ours takes for a value is that value to the engine. No cluster is needed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../lib/run.ts";
import { readYaml } from "../../lib/yamlFile.ts";
import { engine } from "../../tools/programs/programs.ts";

type Config = Readonly<Record<string, unknown>>;

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stack-file-"));
  env = { ...(await engine()).env, PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_CONFIG_PASSPHRASE: "of-the-test" };
  writeFileSync(join(folder, "Pulumi.yaml"), "name: mesh\nruntime: nodejs\n");
  await run("pulumi", ["stack", "init", "read", "--non-interactive"], { cwd: folder, env });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A stack file with each text under a key of its own, as it stands. */
const fileOf = (texts: readonly string[]) =>
  `config:\n${texts.map((text, i) => `  mesh:k${i}:\n    v: ${text.replaceAll("\n", "\n      ")}\n`).join("")}`;

/** What our reader takes the file for; undefined where it refuses it. */
function ours(text: string): Config | undefined {
  const file = join(folder, "Pulumi.ours.yaml");
  writeFileSync(file, text);
  const read = readYaml(file, "");
  return "value" in read ? (read.value as { readonly config: Config }).config : undefined;
}

async function theEngines(text: string): Promise<Config> {
  const file = join(folder, "Pulumi.theirs.yaml");
  writeFileSync(file, text);
  const args = ["config", "--json", "--stack", "read", "--config-file", file];
  const all = JSON.parse(await run("pulumi", args, { cwd: folder, env })) as Record<string, { objectValue: unknown }>;
  return Object.fromEntries(Object.entries(all).map(([key, { objectValue }]) => [key, objectValue]));
}

/** Those of the texts that our reader does not refuse. */
const accepted = (texts: readonly string[]) => texts.filter((text) => ours(fileOf([text])) !== undefined);

/** As JSON, which has one zero. */
const asJson = (config: Config | undefined): unknown => JSON.parse(JSON.stringify(config));

const WORDS = [
  ...["010", "0o10", "0O10", "0x1F", "0X1f", "-0x1F", "0b11", "-0b1", "0b-1", "0o-7", "1_000", "-_1", "0_", "00", "08"],
  ...["yes", "No", "on", "OFF", "y", "n", "true", "True", "tRue", "~", "null", "Null", "nULL", ""],
  ...[
    "2024-01-15",
    "2024-1-5",
    "2024-01-15T10:00:00Z",
    "2024-01-15 10:00:00",
    "2024-13-45",
    "12:30:45",
    "1:20",
    "2024-01",
  ],
  ...[
    ".inf",
    "-.INF",
    "+.inf",
    ".nan",
    ".NaN",
    "1e3",
    "1e20",
    "1e400",
    "1e-400",
    "123e4567",
    ".5",
    "+.5",
    "5.",
    "1.0",
    "-0",
  ],
  ...["9007199254740991", "9007199254740993", "18446744073709551615", "0xFFFFFFFFFFFFFFFFFF", "012345678901", "1.10"],
  ...[
    "!!str 010",
    "!!set {a}",
    "!!omap [a: 1]",
    "!!binary aGVsbG8=",
    "!!int '5'",
    "!x",
    "*x",
    "&x y",
    "<<",
    "{<<: {a: 1}}",
  ],
  ...[
    "{1: a}",
    "{80: {8080: a}}",
    "{-1: a}",
    "{1.0: a}",
    "{0x50: a}",
    "{1e3: a}",
    "{true: a}",
    "{~: a}",
    "{a: 1, a: 2}",
    "{{a}}",
    "[a, [b]]",
    "'010'",
    '"1_000"',
    "'yes'",
    '"\\x41\\u00e9"',
  ],
  ...[
    "|\n1\n 2",
    ">-\na\nb",
    "a\nb",
    "'a\n b'",
    "- a",
    "[\na\n]",
    "=",
    "-",
    "+",
    "a #b",
    "a#b",
    "a: b",
    "@a",
    "%a",
    "`a`",
  ],
];

const odd = (characters: string) => fc.string({ unit: fc.constantFrom(...Array.from(characters)), maxLength: 10 });
const token = fc.constantFrom(
  ..."a|1|010|: |- |? |, |[|]|{|}|&x |*x|'|\"|#| #|\n|\n  |~|yes|<<|\\n|é|\u00a0".split("|"),
);
const inBrackets = fc.constantFrom(..."a|1|: |:|? |?|, |,|[|]|{|}|&x |'|\"| #|\n|~|!!str |yes".split("|"));
const scalar = fc.oneof(
  fc.constantFrom(...WORDS),
  odd("0123456789_.+-eExXoObBaf"),
  odd("01:-T Z."),
  odd("trueTRUEfalsnyoNOYS~<.if"),
  fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
  fc.string().map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.string(),
  fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join("")),
  fc.array(inBrackets, { maxLength: 5 }).map((tokens) => `{${tokens.join("")}}`),
  fc.array(inBrackets, { maxLength: 5 }).map((tokens) => `[${tokens.join("")}]`),
);

describe("a stack file, to the engine", () => {
  it("says what it says to our reader, or is refused there", async () => {
    const texts = accepted(WORDS);
    expect(texts.length).toBeGreaterThan(WORDS.length / 3);
    expect(texts.length).toBeLessThan(WORDS.length);
    const file = fileOf(texts);
    expect(asJson(ours(file))).toEqual(asJson(await theEngines(file)));
  });

  it("keeps the line by which editors find its schema, when the engine writes a setting into it", async () => {
    const file = join(folder, "Pulumi.read.yaml");
    const line = "# yaml-language-server: $schema=docs/stack-file.schema.json";
    writeFileSync(file, `${line}\nconfig:\n  mesh:profile: demo\n`);
    await run("pulumi", ["config", "set", "--path", "mesh:istio.cni", "true", "--stack", "read"], { cwd: folder, env });
    expect(readFileSync(file, "utf8").split("\n")[0]).toBe(line);
    expect(readFileSync(file, "utf8")).toContain("cni: true");
    rmSync(file);
  });

  it("says the same whatever stands in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scalar, { minLength: 300, maxLength: 600 }), async (texts) => {
        const file = fileOf(accepted(texts));
        expect(asJson(ours(file))).toEqual(asJson(await theEngines(file)));
      }),
      // To shrink what hundreds of words show would ask the engine a thousand times.
      { numRuns: 5, endOnFailure: true },
    );
  });
});
