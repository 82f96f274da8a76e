import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  chooseTarget,
  described,
  isThere,
  kubeConfigOf,
  readyTarget,
  rememberTarget,
} from "../../../tools/stack/target.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "target-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const choose = (cluster: unknown, context?: string) =>
  chooseTarget({ stack: "dev", folder, config: { "mesh:cluster": cluster }, context });

/** A kubeconfig with one context, as a file. */
function kubeconfig(name: string): string {
  const file = join(folder, name);
  const parts = {
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
    ...{ users: [{ name: "u", user: {} }], contexts: [{ name: "kind-mesh", context: { cluster: "c", user: "u" } }] },
  };
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "Config", ...parts, "current-context": "kind-mesh" }));
  return file;
}

describe("the cluster of a stack", () => {
  it.each([{ eks: {} }, { stackReference: "acme/cluster/prod" }])(
    "is on EKS where the stack file says %j",
    (cluster) => {
      const target = choose(cluster);
      expect(target).toEqual({ kind: "eks", kubeconfig: join(folder, "kubeconfig") });
      expect(described(target)).toBe("EKS");
    },
  );

  it("is the user's own where the stack file names one", () => {
    const file = kubeconfig("mine");
    const cluster = { kubeconfig: file, context: "kind-mesh" };
    expect(choose(cluster)).toEqual({ kind: "existing", ...cluster });
  });

  it("is on EKS where the stack file says it as JSON in a string, as `pulumi config set` does", () => {
    expect(choose('{"eks":{}}')).toMatchObject({ kind: "eks" });
  });

  it.each([{ secure: "v1:abc" }, { context: { secure: "v1:abc" } }])("cannot be a secret: %j", (cluster) => {
    expect(() => choose(cluster)).toThrow("mesh:cluster is a secret, but the tools must read it");
  });

  it("has to be named for every stack but local, so that a lost key moves none to another cluster", () => {
    expect(() => choose(undefined)).toThrow(
      "Pulumi.dev.yaml does not set the cluster of the stack: set a cluster under mesh:cluster, or set CONTEXT; only the stack local needs none",
    );
  });

  it("is not the testbed for any stack but local, though an earlier run was there", () => {
    rememberTarget(folder, { kind: "testbed", name: "dev" });
    for (const cluster of [undefined, { eks: {} }]) {
      expect(() => choose(cluster)).toThrow(
        "this stack was deployed to the testbed, which is only for the stack local: run `make down STACK=dev`, and set a cluster under mesh:cluster, or set CONTEXT",
      );
    }
    const local = { stack: "local", folder, config: {}, context: undefined };
    expect(chooseTarget(local)).toMatchObject({ kind: "testbed" });
  });

  it("may be any where the settings are those of the stack local", () => {
    const wish = { stack: "bench", settingsOf: "local", folder, config: {}, context: undefined };
    let words = "";
    try {
      expect(chooseTarget(wish)).toEqual({ kind: "testbed", name: "bench" });
    } catch (error) {
      words = String(error);
    }
    // On a machine that cannot run the testbed.
    expect(words).toMatch(/^$|there is no cluster to work on: .*Pulumi\.local\.yaml names none/);
  });

  it("stays what it is until the stack goes", () => {
    rememberTarget(folder, choose({ eks: {} }));
    expect(choose({})).toMatchObject({ kind: "eks" });
    expect(() => choose({ eks: {} }, "kind-mesh")).toThrow("this stack runs on EKS; run `make down`");
  });

  it("on EKS adds nothing to the stack file", async () => {
    expect(await readyTarget(choose({ eks: {} }))).toEqual({});
  });
});

describe("a cluster on EKS", () => {
  it("cannot be asked before it is made", () => {
    const target = choose({ eks: {} });
    expect(isThere(target)).toBe(false);
    expect(() => kubeConfigOf(target)).toThrow("the stack has no cluster yet: run `make up`");
  });

  it("is asked by the kubeconfig that the stack's outputs gave", () => {
    const target = choose({ eks: {} });
    kubeconfig("kubeconfig");
    expect(isThere(target)).toBe(true);
    expect(kubeConfigOf(target).getCurrentCluster()?.server).toBe("https://127.0.0.1:1");
  });
});
