import { describe, expect, it } from "vitest";
import { withGoModules } from "../../tools/sbom/bom.ts";
import { modulesIn } from "../../tools/sbom/goModules.ts";

describe("the modules of a go.mod", () => {
  it("are those that it requires, or what they are replaced by", () => {
    const goMod = `module testbed/a

go 1.26.0

tool a.example/cmd

require one.example v1.0.0 // the first
require (
	two.example/v2 v2.0.0 // indirect
	three.example v0.0.0-20260827124520-eed52ebb66ad
	four.example v0.0.0
	five.example v0.0.0
)

replace (
	four.example => four.example v0.35.4
)
replace five.example v0.0.0 => ./five
`;
    expect(modulesIn(goMod)).toEqual([
      { path: "one.example", version: "v1.0.0" },
      { path: "two.example/v2", version: "v2.0.0" },
      { path: "three.example", version: "v0.0.0-20260827124520-eed52ebb66ad" },
      { path: "four.example", version: "v0.35.4" },
    ]);
    expect(modulesIn("module testbed/pause\n\ngo 1.26\n")).toEqual([]);
  });
});

describe("the bill of materials", () => {
  it("has each Go module once, with the programs that are built of it", () => {
    const module = { path: "a.example", version: "v1.0.0+incompatible" };
    const bom = withGoModules({ metadata: { component: { name: "folder" } }, components: [{ name: "zod" }] }, "mesh", {
      helm: [module],
      etcd: [module, { path: "a.example", version: "v0.9.0" }],
    });
    expect(bom.metadata.component.name).toBe("mesh");
    expect(bom.components).toMatchObject([
      { name: "zod" },
      { name: "a.example", version: "v0.9.0", properties: [{ value: "etcd" }] },
      {
        purl: "pkg:golang/a.example@v1.0.0%2Bincompatible",
        scope: "optional",
        properties: [{ value: "helm" }, { value: "etcd" }],
      },
    ]);
  });
});
