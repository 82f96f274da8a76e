import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { installStandIns } from "../../../testbed/pulumi/install";

const folder = join(mkdtempSync(join(tmpdir(), "install-")), "it's a folder");
afterAll(() => {
  rmSync(join(folder, ".."), { recursive: true });
});

test("puts there what is asked for, and takes away what is not", async () => {
  await installStandIns(folder, { language: true, kubernetes: true });
  expect(readdirSync(folder).filter((name) => !name.endsWith(".cjs"))).toEqual([
    "pulumi-language-nodejs",
    "pulumi-resource-kubernetes",
  ]);
  await installStandIns(folder, { kubernetes: true });
  expect(readdirSync(folder)).toEqual(["pulumi-resource-kubernetes", "pulumi-resource-kubernetes.cjs"]);
});

test("the executable prints its port, and ends with its input", async () => {
  await installStandIns(folder, { kubernetes: true });
  const printed = execFileSync(join(folder, "pulumi-resource-kubernetes"), ["127.0.0.1:1"], { input: "" });
  expect(printed.toString()).toMatch(/^\d+\n$/);
});
