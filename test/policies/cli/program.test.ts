import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, json, scratch } from "./example.ts";

const { folder, at, write } = scratch();
write("good.yaml", GOOD);
write("bad.yaml", BAD);
/** More is found in it than a pipe holds. */
write("many.yaml", Array.from({ length: 1000 }, (_, i) => BAD.replaceAll("shop", `shop${i}`)).join("---\n"));

const checkout = path.join(import.meta.dirname, "../../..");
const program = path.join(checkout, "bin/mesh-check");
/** Calls the program as `$0` in a shell, in the folder. */
const shell = (script: string) => {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script, program], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
};

describe("bin/mesh-check", () => {
  it("runs from anywhere, also by a link, with what stands at its standard input", () => {
    symlinkSync(program, at("check"));
    const { status, stdout } = spawnSync("./check", ["--json", "-"], { cwd: folder, input: BAD, encoding: "utf8" });
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ code: "IST0101", file: "standard input" }));
    expect(status).toBe(1);
  });

  it("says the same as the rules in this process", () => {
    const { stdout } = spawnSync(program, ["--json", at("bad.yaml")], { encoding: "utf8" });
    expect(JSON.parse(stdout)).toEqual(json(at("bad.yaml")));
  });

  it("reads a pipe that is named as a file", () => {
    expect(shell('mkfifo pipe && { cat good.yaml > pipe & "$0" pipe; }')).toMatchObject({
      status: 0,
      stdout: "nothing found: 6 objects in 1 file checked\n",
      stderr: "",
    });
  });

  it.each(["", "--json", "--sarif", "--help"])("ends without a word where nobody reads on: %s", (format) => {
    const { stdout, stderr } = shell(`{ "$0" ${format} many.yaml; echo $? > code; } | head -n 1`);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toBe("");
    expect(readFileSync(at("code"), "utf8")).toBe(format === "--help" ? "0\n" : "1\n");
  });

  it.each(["", "--json", "--sarif", "--help"])("says that there is no room for what it found: %s", (format) => {
    expect(shell(`"$0" ${format} many.yaml > /dev/full`)).toEqual({
      status: 2,
      stdout: "",
      stderr: "mesh-check: the report can not be written: no space left on device\n",
    });
  });

  it.each([
    ["1>&-", 1],
    ["2>&-", 1],
    ["1>&- 2>&-", 1],
    ["2>/dev/full", 1],
    ["none.yaml 2>/dev/full", 2],
    ["none.yaml 2>&-", 2],
    [">/dev/full 2>/dev/full", 2],
  ])("has its exit code with bad.yaml %s", (more, code) => {
    expect(shell(`"$0" bad.yaml ${more}`)).toMatchObject({ status: code, stderr: "" });
  });

  it("says what is wrong with a standard input that is a folder", () => {
    expect(shell('"$0" --json - < .')).toEqual({
      status: 2,
      stdout: "[]\n",
      stderr: "mesh-check: standard input: illegal operation on a directory\n",
    });
  });

  it("does not end as if it had found an error where it can not be compiled", () => {
    expect(shell('MESH_CACHE=/dev/null "$0" good.yaml')).toMatchObject({ status: 3, stdout: "" });
  });

  it("is behind make check, which has one exit code for all that is wrong", () => {
    const check = (file: string) =>
      spawnSync("make", ["-s", "check", `FILES=${file}`], {
        cwd: checkout,
        encoding: "utf8",
        // What `make test` was given is not for this one.
        env: { ...process.env, MAKEFLAGS: "", ARGS: "" },
      });
    expect(check(at("good.yaml"))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("nothing found") as string,
    });
    for (const file of ["bad.yaml", "none.yaml"]) expect(check(at(file)).status).toBe(2);
  });
});
