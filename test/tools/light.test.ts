// A command that only has to refuse is quick: it does not load the client of Kubernetes' API, which takes longer than all the rest.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

it("chooses a stack, its settings and its cluster without the client of Kubernetes' API", () => {
  const program = `
    for (const part of ["stackFile", "target", "recovery", "destroy"]) require("./tools/stack/" + part);
    for (const part of ["entrance", "obstacles", "summary"]) require("./tools/mesh/" + part);
    console.log(JSON.stringify(Object.keys(require.cache)));
  `;
  const cwd = join(__dirname, "../..");
  const loaded = JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", "-e", program], { cwd, encoding: "utf8" }),
  ) as string[];
  expect(loaded.filter((file) => file.includes("/tools/stack/target."))).toHaveLength(1);
  expect(loaded.filter((file) => file.includes("/node_modules/@kubernetes/client-node/"))).toEqual([]);
});
