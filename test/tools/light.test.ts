// A command that only has to refuse is quick: it does not load the client of Kubernetes' API, which takes longer than all the rest.
import { expect, it } from "vitest";
import { loadedBy } from "../loaded.ts";

it("chooses a stack, its settings and its cluster without the client of Kubernetes' API", () => {
  const ofStack = ["stackFile", "target", "recovery", "destroy"].map((name) => `tools/stack/${name}.ts`);
  const ofMesh = ["endpoint", "obstacles", "summary"].map((name) => `tools/mesh/${name}.ts`);
  const loaded = loadedBy(...ofStack, ...ofMesh);
  expect(loaded.filter((file) => file.includes("/tools/stack/target."))).toHaveLength(1);
  expect(loaded.filter((file) => file.includes("/node_modules/@kubernetes/client-node/"))).toEqual([]);
});
