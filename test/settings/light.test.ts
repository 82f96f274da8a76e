// Whoever mistypes a setting hears of it at once: the check loads neither the engine's SDK nor a provider's, which take seconds.
import { expect, it } from "vitest";
import { loadedBy } from "../loaded.ts";

it("checks a stack file without loading an SDK of Pulumi's", () => {
  const loaded = loadedBy("settings/parse.ts");
  expect(loaded.filter((file) => file.includes("/settings/schema."))).toHaveLength(1);
  expect(loaded.filter((file) => file.includes("/node_modules/@pulumi/"))).toEqual([]);
});
