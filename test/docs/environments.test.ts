import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { expect, it } from "vitest";

const checkout = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(checkout, file), "utf8");

interface Config {
  readonly "mesh:profile": string;
  readonly "mesh:cluster"?: {
    readonly eks: {
      readonly network: { readonly nat: string };
      readonly publicAccess?: readonly string[];
      readonly nodes: { readonly default: { readonly min: number; readonly max: number; readonly capacity?: string } };
      readonly protect?: boolean;
    };
  };
  readonly "mesh:istio": {
    readonly revision?: string;
    readonly ingressGateway: { readonly type?: string; readonly nlb?: { readonly scheme: string } };
  };
  readonly "mesh:bookinfo": { readonly hosts: readonly string[] };
}

type Levels = Readonly<Record<string, string | { readonly enforcementLevel: string }>>;

/** The column of a stack, as its files have it. */
function column(stack: string): string[] {
  const { config } = load(read(`Pulumi.${stack}.yaml`)) as { config: Config };
  const levels = JSON.parse(read(`policies/config/${stack}.json`)) as Levels;
  const { "mesh:cluster": cluster, "mesh:istio": istio } = config;
  const eks = cluster?.eks;
  const { min, max, capacity } = eks?.nodes.default ?? {};
  const mandatory = Object.values(levels).filter(
    (level) => (typeof level === "string" ? level : level.enforcementLevel) === "mandatory",
  );
  return [
    eks ? "EKS" : "yours, or the testbed",
    config["mesh:profile"],
    min === undefined ? "–" : `${min} to ${max}${capacity === "spot" ? ", Spot" : ""}`,
    eks?.network.nat ?? "–",
    eks ? (eks.publicAccess ? "named addresses" : "the VPC") : "–",
    istio.ingressGateway.nlb?.scheme ?? istio.ingressGateway.type ?? "internal",
    istio.revision ?? "none",
    eks?.protect ? "yes" : "no",
    String(mandatory.length),
    config["mesh:bookinfo"].hosts[0] ?? "",
  ];
}

it("docs/environments.md says what the stack files and the levels of the rules say", () => {
  const rows = [...read("docs/environments.md").matchAll(/^\| (.*) \|$/gm)]
    .map(([, row = ""]) => row.split("|").map((cell) => cell.trim().replaceAll("`", "")))
    .filter((row) => row.length === 5);
  const [head = [], , ...body] = rows;
  for (const [index, stack] of head.slice(1).entries()) {
    expect(
      body.map((row) => row[index + 1]),
      stack,
    ).toEqual(column(stack));
  }
  expect(head.slice(1)).toEqual(["local", "dev", "staging", "prod"]);
});
