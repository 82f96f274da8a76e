import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadAll } from "js-yaml";
import { format, resolveConfig } from "prettier";
import { rulesIn, rulesOfCharts } from "../../../tools/deployer/chartRoles.ts";
import { CNI, DEPLOY, MEASURE, type Rule } from "../../../tools/deployer/clusterRights.ts";
import { deployerRbac, rightsOf } from "../../../tools/deployer/rbac.ts";
import { hasCharts } from "../../charts.ts";

const FILE = join(import.meta.dirname, "../../../docs/deployer-rbac.yaml");
const file = readFileSync(FILE, "utf8");
const checkout = join(import.meta.dirname, "../../..");

/** Helm's releases are Secrets, and what is made on EKS alone is made by an administrator of the cluster. */
const ELSEWHERE = ["Release", "CustomResource", "StorageClass"];

/** The plugin of Kubernetes watches what it has made or deleted. */
const VERBS = ["get", "create", "patch", "delete", "list", "watch"];

/** The resource of a kind, as RBAC has it. */
const plural = (kind: string): string =>
  kind
    .toLowerCase()
    .replace(/(?<![aeiou])y$/, "ie")
    .replace(/(ss)?$/, (end) => (end === "" ? "s" : `${end}es`));

const rules = (yaml: string) => rightsOf(rulesIn(yaml)).map((right) => right.join());

describe("the deployer's roles", () => {
  it("give what the lists say", () => {
    for (const right of rightsOf([...DEPLOY, ...MEASURE, ...CNI])) expect(rules(file)).toContain(right.join());
  });

  it("have what each kind takes that a component makes", () => {
    const made = globSync("components/**/*.ts", { cwd: checkout }).flatMap((name) => {
      const source = readFileSync(join(checkout, name), "utf8");
      const found = [...source.matchAll(/new k8s\.(?:\w+\.)+(\w+)\(/g), ...source.matchAll(/istioObject\(\s*"(\w+)"/g)];
      return found.flatMap(([, kind = ""]) => (ELSEWHERE.includes(kind) ? [] : plural(kind)));
    });
    expect(new Set(made).size).toBeGreaterThan(15);
    const held = new Set(rightsOf(DEPLOY).map(([, resource, verb]) => `${verb} ${resource}`));
    const needed = made.flatMap((resource) => VERBS.map((verb) => `${verb} ${resource}`));
    expect([...new Set(needed)].filter((right) => !held.has(right))).toEqual([]);
  });

  it("let nobody make an administrator of themselves", () => {
    const all = rulesIn(file);
    expect(all.filter(({ apiGroups }) => apiGroups.includes("*"))).toEqual([]);
    expect(all.filter(({ verbs }) => verbs.some((verb) => ["escalate", "bind", "impersonate"].includes(verb)))).toEqual(
      [],
    );
    // All kinds of a group alone to read, and all verbs for one status alone.
    const reads = ["get", "list", "watch"];
    expect(
      all.filter(({ resources, verbs }) => resources.includes("*") && !verbs.every((verb) => reads.includes(verb))),
    ).toEqual([]);
    expect(all.filter(({ verbs }) => verbs.includes("*")).flatMap(({ resources }) => resources)).toEqual([
      "ingresses/status",
    ]);
  });

  it("say each right of the charts once", () => {
    const given: Rule[] = [
      { apiGroups: ["a", "b"], resources: ["x", "y"], verbs: ["get", "list"] },
      { apiGroups: ["a"], resources: ["x"], verbs: ["get", "create"] },
      { apiGroups: ["b"], resources: ["*"], verbs: ["list", "get"] },
      { apiGroups: ["a"], resources: ["z/status"], verbs: ["*", "get"] },
    ];
    const roles = loadAll(deployerRbac(given)) as { kind: string; metadata: { name: string }; rules: Rule[] }[];
    const found = roles.find(({ kind, metadata }) => kind === "ClusterRole" && metadata.name === "mesh-deployer-gives");
    expect(found?.rules).toEqual([
      { apiGroups: ["a"], resources: ["z/status"], verbs: ["*"] },
      { apiGroups: ["a"], resources: ["x"], verbs: ["create", "get", "list"] },
      { apiGroups: ["a"], resources: ["y"], verbs: ["get", "list"] },
      { apiGroups: ["b"], resources: ["*"], verbs: ["get", "list"] },
    ]);
  });

  it.skipIf(!hasCharts)(
    "are those in docs, by the charts of the pinned Istio; else run make deployer-policy",
    async () => {
      const text = deployerRbac(await rulesOfCharts(process.env.ISTIO_CHARTS ?? ""));
      expect(file).toBe(await format(text, { ...(await resolveConfig(FILE)), filepath: FILE }));
    },
  );
});
