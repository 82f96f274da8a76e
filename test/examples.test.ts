import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { load } from "js-yaml";
import { settingsProblems } from "../settings/parse.ts";
import { record, the } from "./recorder.ts";
import { generated, runProgram, someKubeconfig, type Config } from "./wholeProgram.ts";

const checkout = path.join(import.meta.dirname, "..");
const kubeconfig = someKubeconfig();
const KNOWN = /^(mesh:|pulumi:providers:kubernetes$|kubernetes:)/;

const config = (file: string): Config => {
  const { config } = load(fs.readFileSync(path.join(checkout, "examples", file), "utf8")) as { config: Config };
  return config;
};

/** Runs the program as a stack with the settings of an example. */
const run = async (file: string) =>
  (await runProgram({ "mesh:cluster": { kubeconfig }, "mesh:observability": generated, ...config(file) }, KNOWN))
    .resources;

describe("examples", () => {
  it.each(["canary/Pulumi.canary.yaml", "team/Pulumi.team.yaml"])("%s is right", (file) => {
    expect(settingsProblems(config(file), { folder: checkout })).toEqual([]);
  });

  it("canary sends a tenth of the requests to the new version, and testers always", async () => {
    const resources = await run("canary/Pulumi.canary.yaml");
    const { spec, metadata } = the(resources, "VirtualService", "cart-routes").inputs;
    expect(metadata).toMatchObject({ namespace: "shop" });
    expect(spec).toMatchObject({
      http: [
        { match: [{ headers: { "x-tester": { exact: "true" } } }], route: [{ destination: { subset: "v2" } }] },
        {
          route: [
            { destination: { subset: "v1" }, weight: 90 },
            { destination: { subset: "v2" }, weight: 10 },
          ],
        },
      ],
    });
    expect(resources.filter(({ inputs }) => JSON.stringify(inputs).includes("productpage"))).toEqual([]);
  });

  it("team takes the hosts of the team's files", async () => {
    const resources = await run("team/Pulumi.team.yaml");
    for (const host of ["reviews", "details"]) {
      const { metadata } = the(resources, "VirtualService", `${host}-routes`).inputs;
      expect(metadata).toMatchObject({ namespace: "bookinfo" });
    }
  });

  it("components makes a mesh and routes without a stack file", async () => {
    vi.resetModules();
    const previous = process.env.KUBECONFIG;
    process.env.KUBECONFIG = kubeconfig;
    try {
      const resources = await record(() => vi.importActual("../examples/components/index"), KNOWN);
      expect(the(resources, "Release", "istio-istiod").inputs).toMatchObject({ namespace: "istio-system" });
      expect(the(resources, "VirtualService", "cart-routes").inputs.spec).toMatchObject({
        http: [{ name: "primary", route: [{ weight: 90 }, { weight: 10 }], timeout: "2s" }],
      });
    } finally {
      if (previous === undefined) delete process.env.KUBECONFIG;
      else process.env.KUBECONFIG = previous;
    }
  });
});
