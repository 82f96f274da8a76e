// What is given to make reaches the tools as it is: neither make nor a shell runs what stands in it.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const checkout = resolve(import.meta.dirname, "../..");
const makefile = readFileSync(join(checkout, "Makefile"), "utf8");
const given = /^given := (.*)$/m.exec(makefile)?.[1]?.split(" ") ?? [];
const targets = [...makefile.matchAll(/^([a-z-]+):.*##/gm)].flatMap(([, name]) => name ?? []);
const recipes = makefile.split("\n").filter((line) => line.startsWith("\t"));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "makefile-"));
  cpSync(join(checkout, "Makefile"), join(folder, "Makefile"));
  // In the place of the tools: what says with what it was called.
  const script = `#!/usr/bin/env node
    const given = ${JSON.stringify(given)}.map((name) => [name, process.env[name]]);
    console.log(JSON.stringify({ args: process.argv.slice(2), env: Object.fromEntries(given) }));`;
  for (const program of ["tools/run", "bin/mesh-check", "bin/npm"]) {
    mkdirSync(join(folder, program, ".."), { recursive: true });
    writeFileSync(join(folder, program), script);
    chmodSync(join(folder, program), 0o755);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Called {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

function make(target: string, variables: readonly string[], env: NodeJS.ProcessEnv = {}): Called {
  const { stdout, stderr } = spawnSync("make", ["-s", target, ...variables], {
    cwd: folder,
    env: { PATH: `${join(folder, "bin")}:${process.env.PATH}`, ...env },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  // Of several programs, the first: all are called in the same environment.
  return JSON.parse(stdout.split("\n")[0] ?? "") as Called;
}

describe("the Makefile", () => {
  const tools = targets.filter((target) => target !== "help");

  it("has targets, and names for what is given to them", () => {
    expect(tools.length).toBeGreaterThan(20);
    expect(given).toEqual(expect.arrayContaining(["STACK", "ARGS", "NAME", "FILES"]));
  });

  it("lets make put nothing into a line that a shell reads", () => {
    expect(recipes.filter((line) => /(?<!\$)\$[({]/.test(line.replaceAll("$$", "")))).toEqual([]);
  });

  it("hands on whatever a line reads", () => {
    const read = recipes.flatMap((line) => [...line.matchAll(/\$\$(\w+)/g)].map(([, name]) => name));
    expect(read.length).toBeGreaterThan(5);
    expect(given).toEqual(expect.arrayContaining(read));
  });

  const marks = ["shell", "command", "backticks", "then", "line"];
  const planted = () => {
    const touch = (mark: string) => `touch '${join(folder, mark)}'`;
    return [
      `x$(shell ${touch("shell")})$(${touch("command")})\`${touch("backticks")}\`; ${touch("then")} #`,
      `"' && ${touch("then")} || $$HOME \${HOME} $(HOME) \\ `,
      `a\n${touch("line")}\n"`,
    ];
  };

  describe.each(tools)("%s", (target) => {
    it("runs nothing that is given on the command line or in the environment", () => {
      for (const text of planted()) {
        for (const called of [
          // A line of its own cannot be given on the command line: make takes it for the end of the definition.
          ...(text.includes("\n")
            ? []
            : [
                make(
                  target,
                  given.map((name) => `${name}=${text}`),
                ),
              ]),
          make(target, [], Object.fromEntries(given.map((name) => [name, text]))),
        ]) {
          expect(called.env).toEqual(Object.fromEntries(given.map((name) => [name, text])));
        }
        expect(marks.filter((mark) => existsSync(join(folder, mark)))).toEqual([]);
      }
    });
  });

  it("runs local where no stack is given, and hands on one argument as one", () => {
    expect(make("up", []).env.STACK).toBe("local");
    expect(make("scenario", ["NAME=a b"]).args).toEqual(["scenario", "a b"]);
    expect(make("preview", ["ARGS=--diff 'a b'"])).toMatchObject({
      args: ["start", "preview"],
      env: { ARGS: "--diff 'a b'" },
    });
    expect(make("check", ["FILES=a.yaml b/", "ARGS=--json"]).args).toEqual(["--json", "a.yaml", "b/"]);
  });
});

describe("tools/start.ts", () => {
  const start = (ARGS: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(checkout, "tools/start.ts"), "cleanCache", ...args], {
      env: { PATH: process.env.PATH, HOME: folder, MESH_CACHE: folder, ARGS },
      encoding: "utf8",
    });

  it("gives a tool the words of ARGS behind its own", () => {
    const mark = join(folder, "start");
    const { status, stderr } = start(`'$(touch ${mark}) a'`);
    expect([status, stderr]).toEqual([1, expect.stringContaining(`does not support $(touch ${mark}) a`)]);
    expect(start("--all", "--none").stderr).toContain("does not support --none");
    expect(existsSync(mark)).toBe(false);
  });

  it("says so where a quote is not closed", () => {
    const { status, stderr } = start("'a");
    expect([status, stderr]).toEqual([1, "ARGS: a quote is not closed: '\n"]);
  });
});
