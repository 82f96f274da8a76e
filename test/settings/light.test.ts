// Whoever mistypes a setting hears of it at once: the check loads neither the engine's SDK nor a provider's, which take seconds.
import { expect, it } from "vitest";
import { loadedBy } from "../loaded.ts";

it("checks a stack file without loading an SDK of Pulumi's", () => {
  const loaded = loadedBy("settings/parse.ts");
  expect(loaded.filter((file) => file.includes("/settings/schema."))).toHaveLength(1);
  expect(loaded.filter((file) => file.includes("/node_modules/@pulumi/"))).toEqual([]);
});

it("loads the SDKs of AWS for those alone who make a cluster there", () => {
  const loaded = loadedBy("program.ts");
  expect(loaded.filter((file) => file.includes("/node_modules/@pulumi/kubernetes/")).length).toBeGreaterThan(0);
  expect(loaded.filter((file) => /\/node_modules\/@pulumi\/(aws|eks)\//.test(file))).toEqual([]);
});
