import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { load } from "js-yaml";
import awsData from "../../components/cluster/eks/aws.json" with { type: "json" };
import type { Values } from "../../components/istio/values.ts";
import { mostOwnTags } from "../../settings/defaultTags.ts";
import { settingsProblems } from "../../settings/parse.ts";
import { find, hasCharts, render } from "../charts.ts";
import { everything } from "../settings/everything.ts";
import { yamlExamples } from "../yamlExamples.ts";

const { lengths } = awsData;

const text = fs.readFileSync(path.join(import.meta.dirname, "../../docs/eks.md"), "utf8");
const examples = yamlExamples(text);
const tests = [...text.matchAll(/^\|.*\| `([\w/.]+\.test\.ts)`: (.*?) +\|$/gm)].map(
  ([, file = "", title = ""]) => [file, title] as const,
);

/** As far as it matters here. */
interface Istiod {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly volumes: readonly {
          readonly name: string;
          readonly secret?: { readonly secretName: string; readonly optional?: boolean };
        }[];
        readonly containers: readonly { readonly volumeMounts: readonly { readonly name: string }[] }[];
      };
    };
  };
}

describe("docs/eks.md", () => {
  it.each(examples)("has an example that is right: %s", (example) => {
    const { config } = load(example) as { config: Record<string, unknown> };
    expect(settingsProblems(config)).toEqual([]);
  });

  it("has a stack of others that is whole, and asks for outputs that are explained", () => {
    const [, explained = ""] = /has the output `cluster`, .*?: (.*?)A database/s.exec(text) ?? [];
    const [, example = ""] = /^```yaml pulumi\n(.*?)^```/ms.exec(text) ?? [];
    const stack = load(example) as { readonly resources: Readonly<Record<string, { readonly type: string }>> };
    expect(stack).toMatchObject({ runtime: "yaml", resources: { mesh: { type: "pulumi:pulumi:StackReference" } } });
    const asked = [...example.matchAll(/\$\{(\w+)\.(?:outputs\["cluster"\]\.)?(\w+)\}/g)];
    expect(asked.length).toBeGreaterThan(4);
    for (const [, resource = "", part = ""] of asked) {
      expect(Object.keys(stack.resources)).toContain(resource);
      if (resource === "mesh") expect(explained).toContain(`\`${part}\``);
    }
  });

  it.skipIf(!hasCharts)("has values by which istiod does not start without a CA of one's own", () => {
    const [example = ""] = examples.filter((each) => each.includes("secretName: cacerts"));
    const { config } = load(example) as { config: { "mesh:istio": { values: { istiod: Values } } } };
    const deployment = find(render("istiod", "istiod", config["mesh:istio"].values.istiod), "Deployment", "istiod");
    const { volumes, containers } = (deployment as unknown as Istiod).spec.template.spec;
    const ofCa = volumes.filter(({ secret }) => secret?.secretName === "cacerts");
    // The chart's own may be missing.
    expect(ofCa.map(({ secret }) => secret?.optional ?? false)).toEqual([true, false]);
    const mounted = containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name));
    for (const { name } of ofCa) expect(mounted).toContain(name);
  });

  it("explains every setting of a cluster and of its load balancer", () => {
    const { eks } = everything.cluster;
    const { nlb } = everything.istio.ingressGateway;
    const names = [...Object.keys(eks), ...Object.keys(eks.network), ...Object.keys(nlb)];
    expect(names.filter((name) => !new RegExp(`\`(network)?\\.?${name}\\b`).test(text))).toEqual([]);
  });

  it("says how many tags all resources can have", () => {
    expect(text).toContain(`at most ${lengths.iam.tagListType - mostOwnTags} tags`);
  });

  it.each(tests)("names a test that is there: %s, %s", (file, title) => {
    expect(fs.readFileSync(path.join(import.meta.dirname, "..", file), "utf8")).toContain(title);
  });

  it("names a test, or why there is none, for whatever others ran into", () => {
    const [, table = ""] = text.split("## What others ran into");
    const rows = [...table.matchAll(/^\| .*\]\(https.*$/gm)].map(([row]) => row);
    const without = rows.filter((row) => / – +\|$/.test(row));
    expect(rows.length).toBe(tests.length + without.length);
    for (const row of without) expect(row).toContain("| none: ");
  });
});
