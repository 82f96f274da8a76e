// Whoever mistypes a setting hears of it at once: the check loads neither the engine's SDK nor a provider's, which take seconds.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const PROGRAM = `
require("./settings/parse");
console.log(JSON.stringify(Object.keys(require.cache)));
`;

it("checks a stack file without loading an SDK of Pulumi's", () => {
  const cwd = join(__dirname, "../..");
  const loaded = JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", "-e", PROGRAM], { cwd, encoding: "utf8" }),
  ) as string[];
  expect(loaded.filter((file) => file.includes("/settings/schema."))).toHaveLength(1);
  expect(loaded.filter((file) => file.includes("/node_modules/@pulumi/"))).toEqual([]);
});
