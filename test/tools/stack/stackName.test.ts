import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { existingStack, stacks } from "../../../tools/stack/stackName.ts";
import { backendFolder, removeIfEmpty, removeStackFolder, stackFolder } from "../../../tools/stack/stackFolder.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "checkout-"));
  for (const name of ["local", "prod"]) writeFileSync(join(root, `Pulumi.${name}.yaml`), "");
  writeFileSync(join(root, "Pulumi.yaml"), "");
  for (const name of ["prod", "old"]) {
    mkdirSync(join(root, ".state", name, "backend"), { recursive: true });
    writeFileSync(join(root, ".state", name, "passphrase"), "secret");
  }
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Everything below the folder. */
const all = () => readdirSync(root, { recursive: true, encoding: "utf8" }).sort();

describe("the name of a stack", () => {
  it.each(["local", "prod", "old"])("is %s: it has a file, or something that was kept of it", (name) => {
    expect(existingStack(name, root)).toBe(name);
  });

  it.each([
    ["", /^STACK is empty: omit it for the stack local, or name a stack; the stacks .*: local, old, prod$/],
    ...[".", "..", "../..", "a/b", "prod/", "/", "prod\n", " prod", "-prod?", "pröd", "\0", "a".repeat(101)].map(
      (name) => [name, /^STACK is not a valid stack name.*: local, old, prod$/] as const,
    ),
    ...["prdo", "PROD", "...", "yaml", "a".repeat(100)].map(
      (name) => [name, /^there is no stack .*: local, old, prod$/] as const,
    ),
  ] as const)("is not %j", (name, message) => {
    expect(() => existingStack(name, root)).toThrow(message);
  });

  it("leads nowhere but into the folder of that stack, whatever it is", () => {
    const before = all();
    const wild = fc.oneof(fc.string(), fc.stringMatching(/^[./a-z-]{0,8}$/), fc.constantFrom("..", "../..", "./prod"));
    fc.assert(
      fc.property(wild, (name) => {
        let folder: string;
        try {
          folder = stackFolder(name, root);
        } catch {
          return;
        }
        expect(resolve(folder)).toBe(`${root}/.state/${name}`);
        expect(name).not.toContain("/");
      }),
    );
    expect(all()).toEqual(before);
  });

  it("is listed for the files and folders that the engine could have a stack of", () => {
    writeFileSync(join(root, "Pulumi.my stack.yaml"), "");
    writeFileSync(join(root, ".state/file"), "");
    expect(stacks(root)).toEqual(["local", "old", "prod"]);
  });
});

describe("what is kept of a stack", () => {
  it("goes alone, and with the last one the folder of all", () => {
    expect(removeStackFolder("prod", root)).toEqual([]);
    expect(all()).toEqual([".state", ".state/old", ".state/old/backend", ".state/old/passphrase", ...files()]);
    removeStackFolder("old", root);
    expect(all()).toEqual(files());
  });

  it("goes but for what the tools did not put there", () => {
    writeFileSync(join(root, ".state/prod/notes.txt"), "mine");
    expect(removeStackFolder("prod", root)).toEqual(["notes.txt"]);
    expect(readdirSync(join(root, ".state/prod"))).toEqual(["notes.txt"]);
  });

  it.each(["", ".", ".."])("stays, all of it, where the name is %j", (name) => {
    const before = all();
    expect(() => removeStackFolder(name, root)).toThrow(/^STACK is/);
    expect(all()).toEqual(before);
  });

  it("stays where its folder is a link to another", () => {
    symlinkSync("prod", join(root, ".state/link"));
    mkdirSync(join(root, "outside/backend"), { recursive: true });
    symlinkSync("../outside", join(root, ".state/out"));
    const before = all();
    for (const name of ["link", "out"]) expect(() => removeStackFolder(name, root)).toThrow(/link to another folder/);
    expect(all()).toEqual(before);
  });

  it("goes where the folder of all is a link, to another disk for example", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
    mkdirSync(join(elsewhere, "prod"));
    rmSync(join(root, ".state"), { recursive: true });
    symlinkSync(elsewhere, join(root, ".state"));
    removeStackFolder("prod", root);
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(elsewhere, { recursive: true });
  });

  it("stays where another stack has its state there", () => {
    const folder = join(backendFolder("prod", root), ".pulumi/stacks/mesh");
    mkdirSync(folder, { recursive: true });
    for (const file of ["prod.json", "prod.json.bak", "prod.json.attrs", "other.json"])
      writeFileSync(join(folder, file), "");
    expect(() => removeStackFolder("prod", root)).toThrow(/also has the state of other: nothing was removed/);
    rmSync(join(folder, "other.json"));
    expect(removeStackFolder("prod", root)).toEqual([]);
    expect(existsSync(stackFolder("prod", root))).toBe(false);
  });

  it("is not taken for empty while something is in it", () => {
    removeIfEmpty("prod", root);
    expect(existsSync(join(root, ".state/prod/passphrase"))).toBe(true);
    mkdirSync(join(root, ".state/new"));
    removeIfEmpty("new", root);
    expect(readdirSync(join(root, ".state"))).toEqual(["old", "prod"]);
  });
});

const files = () => ["Pulumi.local.yaml", "Pulumi.prod.yaml", "Pulumi.yaml"];
