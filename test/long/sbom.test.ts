// What CycloneDX's own library says of the bill of materials. Costs half a minute.
import { spawnSync } from "node:child_process";
import { beforeAll, expect, it } from "vitest";
import { pipFolder } from "../../tools/pip.ts";
import { Clone } from "../e2e/clone.ts";

/** Prints what is wrong with the document on standard input, by the schema of its version. */
const JUDGE = `
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
print(JsonStrictValidator(SchemaVersion.V1_5).validate_str(sys.stdin.read()) or "valid")
`;

let packages: string;
let bom: string;
beforeAll(async () => {
  packages = await pipFolder("cyclonedx");
  const clone = await Clone.of();
  try {
    bom = (await clone.makeWell("-s", "sbom")).stdout;
  } finally {
    clone.remove();
  }
});

function judged(text: string): string {
  const env = { ...process.env, PYTHONPATH: packages };
  const { stdout, stderr } = spawnSync("python3", ["-c", JUDGE], { input: text, env, encoding: "utf8" });
  return `${stdout}${stderr}`.trim();
}

it("is valid by CycloneDX's schema", () => {
  expect(JSON.parse(bom)).toMatchObject({ specVersion: "1.5", metadata: { component: { name: "bookinfo-mesh" } } });
  expect(judged(bom)).toBe("valid");
});

it("would not be, were a component without a name in it", () => {
  const { components, ...rest } = JSON.parse(bom) as { components: readonly Record<string, unknown>[] };
  const [{ name, ...first } = {}, ...others] = components;
  expect(name).toBeTruthy();
  expect(judged(JSON.stringify({ ...rest, components: [first, ...others] }))).toContain("name");
});
