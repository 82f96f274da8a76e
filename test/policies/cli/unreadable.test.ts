import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readInputs } from "../../../policies/cli/files.ts";
import { BAD, GOOD, json, run, runWith, scratch } from "./example.ts";

const { folder, at, write } = scratch();
chmodSync(folder, 0o755);
write("good.yaml", GOOD);
write("bad.yaml", BAD);

const unreadable = (...args: readonly string[]) => json(...args).filter(({ rule }) => rule === "readable-yaml");

/** The owner of everything may read everything. */
function asNobody<T>(act: () => T): T {
  if (process.getuid?.() !== 0) return act();
  process.seteuid?.(65534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

describe("a file whose bytes are no text for Kubernetes", () => {
  it.each<[what: string, bytes: Uint8Array, line: number, reason: RegExp]>([
    ["UTF-16 of Windows", Buffer.from("\uFEFFa: s3cret\n", "utf16le"), 1, /UTF-16.*UTF-8/],
    ["UTF-16 of others", Buffer.from("\uFEFFa: s3cret\n", "utf16le").swap16(), 1, /UTF-16.*UTF-8/],
    ["UTF-16 without a mark", Buffer.from("a: s3cret\n", "utf16le"), 1, /UTF-16.*UTF-8/],
    ["Latin-1", Buffer.from("a: 1\nb: s3cret é\nc: 2\n", "latin1"), 2, /no text in UTF-8/],
    ["half a letter at the end", Buffer.from("a: é").subarray(0, 4), 1, /no text in UTF-8/],
    ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 10, 0xb7, 0]), 2, /no text in UTF-8/],
    ["a packed file", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), 1, /no text in UTF-8/],
    ["a NUL", Buffer.from("a: 1\nb: s3cret\0\n"), 2, /NUL/],
  ])("is a finding: %s", (_what, bytes, line, reason) => {
    const file = write("bytes.yaml", bytes);
    const found = unreadable(file, at("bad.yaml"));
    expect(found).toEqual([
      expect.objectContaining({ file, line, severity: "error", message: expect.stringMatching(reason) as string }),
    ]);
    for (const format of [[], ["--json"], ["--sarif"]]) {
      const { code, out, err } = run(...format, file);
      expect(code).toBe(1);
      expect(out + err).not.toContain("s3cret");
    }
  });
});

describe("what is too large", () => {
  it("is a finding, beside which smaller files are read", () => {
    const large = write("large.yaml", `# ${"a".repeat(2 * GOOD.length)}\n`);
    const { texts, broken, remarks } = readInputs(
      [large, at("good.yaml"), "/dev/zero", at("bad.yaml")],
      [],
      GOOD.length + 10,
    );
    expect(texts.map(({ file }) => file)).toEqual([at("good.yaml")]);
    expect(broken.map(({ file, reason }) => [file, reason])).toEqual(
      [large, "/dev/zero", at("bad.yaml")].map((file) => [
        file,
        expect.stringMatching(/split .* name fewer/) as string,
      ]),
    );
    expect(remarks).toEqual([]);
  });
});

describe("definitions of kinds, which no rule looks at", () => {
  const head = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n";
  const room = `  description: ${"é".repeat(100)}\n`;
  const json = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", spec: "a".repeat(200) };

  it.each([
    ["a file of its own", `${head}${room}`, ""],
    ["beside objects", `${head}${room}---\n${GOOD}`, GOOD],
    ["its kind in quotes, behind a comment", `# made\n---\n${head.replace(/kind: (.*)/, "kind: '$1'")}${room}`, ""],
    ["JSON", JSON.stringify(json, null, 2), ""],
  ])("do not count as input: %s", (_what, content, objects) => {
    const kinds = write("kinds.yaml", content);
    const most = objects.length + 100;
    expect(readInputs([kinds], [], most)).toMatchObject({ texts: [{ file: kinds, content }], broken: [] });
    const { texts, broken } = readInputs([kinds, at("good.yaml"), at("bad.yaml")], [], most + GOOD.length);
    expect(texts.map(({ file }) => file)).toEqual([kinds, at("good.yaml")]);
    expect(broken.map(({ file }) => file)).toEqual([at("bad.yaml")]);
  });

  it.each([
    ["that is named below its top", `kind: Pod\nspec:\n  kind: CustomResourceDefinition\n${room.repeat(8)}`],
    ["whose name only begins so", `kind: CustomResourceDefinitions\nspec:\n${room.repeat(8)}`],
  ])("do count where the object is of another kind: %s", (_what, content) => {
    expect(readInputs([write("others.yaml", content)], [], GOOD.length).texts).toEqual([]);
  });

  it("end somewhere as well", () => {
    expect(readInputs([write("kinds.yaml", `${head}${room.repeat(30)}`)], [], GOOD.length).texts).toEqual([]);
  });
});

describe("what can not be read in a folder", () => {
  it.each<[what: string, name: string, make: (file: string) => void, reason: RegExp]>([
    [
      "a link that leads nowhere",
      "a.yaml",
      (file) => {
        symlinkSync("nowhere", file);
      },
      /link .* no such file/,
    ],
    [
      "a link to itself",
      "a.yaml",
      (file) => {
        symlinkSync("a.yaml", file);
      },
      /link .* too many symbolic links/,
    ],
    ["a pipe", "a.yaml", (file) => execFileSync("mkfifo", [file]), /pipe/],
    [
      "a device",
      "a.yaml",
      (file) => {
        symlinkSync("/dev/zero", file);
      },
      /device/,
    ],
    [
      "a file of somebody else",
      "b.yaml",
      (file) => {
        chmodSync(file, 0);
      },
      /file .* permission denied/,
    ],
    [
      "a folder of somebody else",
      "c",
      (file) => {
        chmodSync(file, 0);
      },
      /folder .* permission denied/,
    ],
  ])("is a finding, and the rest is checked: %s", (what, name, make, reason) => {
    const each = at(what);
    write(`${what}/bad.yml`, BAD);
    write(`${what}/b.yaml`, GOOD);
    mkdirSync(at(`${what}/c`));
    make(at(`${what}/${name}`));
    const found = asNobody(() => json(each));
    expect(found.map(({ code }) => code)).toContain("IST0101");
    expect(found.filter(({ rule }) => rule === "readable-yaml")).toEqual([
      expect.objectContaining({
        file: at(`${what}/${name}`),
        line: 1,
        severity: "error",
        message: expect.stringMatching(reason) as string,
      }),
    ]);
    expect(asNobody(() => run(each))).toMatchObject({ code: 1, err: "" });
  });

  it("is nothing that is no manifest by its name", () => {
    write("others/good.yaml", GOOD);
    symlinkSync("nowhere", at("others/README.md"));
    expect(run(at("others"))).toMatchObject({ code: 0, err: "" });
  });

  it("is no link to a file, which is read once", () => {
    write("mounted/..data/good.yaml", GOOD);
    symlinkSync("..data/good.yaml", at("mounted/good.yaml"));
    symlinkSync("..data", at("mounted/linked.yaml"));
    expect(run(at("mounted")).out).toBe("nothing found: 6 objects in 1 file checked");
    write("elsewhere/bad.txt", BAD);
    write("linking/good.yml", GOOD.replaceAll("shop", "other"));
    symlinkSync(at("elsewhere/bad.txt"), at("linking/bad.yaml"));
    expect(json(at("linking")).map(({ file }) => file)).toContain(at("linking/bad.yaml"));
  });
});

describe("a name that can not be read", () => {
  const missing = at("none.yaml");

  it("is said, beside what the other files hold, with an exit code of its own", () => {
    const { code, out, err } = run("--json", missing, at("bad.yaml"), at("also-none"));
    expect(code).toBe(2);
    expect(err.split("\n")).toEqual([
      `mesh-check: ${missing}: no such file or directory`,
      `mesh-check: ${at("also-none")}: no such file or directory`,
    ]);
    expect(out).toBe(run("--json", at("bad.yaml")).out);
  });

  it.each<[what: string, name: () => string, message: RegExp]>([
    ["no name", () => "", /an empty name: no such file or directory$/],
    ["a name below a file", () => at("good.yaml/x"), /good\.yaml\/x: not a directory$/],
    ["a long name", () => at("a".repeat(300)), /: name too long$/],
  ])("is said in plain words: %s", (_what, name, message) => {
    const { code, out, err } = run("--json", name());
    expect([code, JSON.parse(out)]).toEqual([2, []]);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/E[A-Z]{3,}/);
  });
});

describe("nothing to check", () => {
  it.each<[what: string, name: () => string, message: RegExp]>([
    ["an empty folder", () => (mkdirSync(at("empty"), { recursive: true }), at("empty")), /ends in \.yaml, \.yml or/],
    ["an empty file", () => write("empty.yaml", ""), /nothing to check/],
    ["comments", () => write("comments.yaml", "# a\n---\n# b\n"), /nothing to check/],
    ["an empty list", () => write("list.yaml", "apiVersion: v1\nkind: List\nitems: []\n"), /nothing to check/],
  ])("is said in every format: %s", (_what, name, message) => {
    const text = run(name());
    expect(text).toMatchObject({ code: 2, err: expect.stringMatching(message) as string });
    expect(text.out).toMatch(/^nothing to check: 0 objects in \d files? checked$/);
    expect(run("--json", name())).toMatchObject({ code: 2, out: "[]", err: expect.stringMatching(message) as string });
    expect(run("--sarif", name())).toMatchObject({ code: 2, err: expect.stringMatching(message) as string });
    expect(run("--sarif", name()).out).toMatch(message);
  });

  it("is no mistake where there are other documents", () => {
    const other = write("compose.yaml", "services: {web: {image: a}}\n");
    expect(run("--json", other)).toEqual({ code: 0, out: "[]", err: expect.stringMatching(/no object/) as string });
    expect(run(other).out).toBe("nothing to check: 0 objects in 1 file checked, 1 other document left out");
  });
});

describe("a rule that fails", () => {
  it("has an exit code of its own, and quotes nothing", () => {
    const broken = {
      id: "broken-rule",
      title: "R.",
      rationale: "B.",
      remediation: "W.",
      severity: "high",
      codes: [],
      checkMesh: () => {
        throw new TypeError("s3cret is not a function");
      },
    } as const;
    const { code, out, err } = runWith([broken], "--sarif", at("bad.yaml"));
    expect(code).toBe(3);
    expect(err).toMatch(/^mesh-check: the rule broken-rule failed, which is a mistake in it \(TypeError\)/);
    expect(out).toContain("the rule broken-rule failed");
    expect(out + err).not.toContain("s3cret");
  });
});
