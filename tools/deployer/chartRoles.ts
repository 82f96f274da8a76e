// The rights that Istio's charts give to istiod and its like. Who makes a role has to hold what it gives.
import { loadAll } from "js-yaml";
import { chartReference, ISTIO_CHARTS } from "../../components/istio/charts.ts";
import { run } from "../../lib/run.ts";
import { listOf, mapOf } from "../../lib/untrusted.ts";
import { product } from "../../versions.ts";
import type { Rule } from "./clusterRights.ts";

/** The rules of all roles in the charts of a folder. */
export async function rulesOfCharts(folder: string): Promise<readonly Rule[]> {
  const rendered = ISTIO_CHARTS.map((name) => {
    const { chart } = chartReference({ folder }, name, product.istio);
    return run("helm", ["template", name, chart, "--namespace", "istio-system"]);
  });
  return (await Promise.all(rendered)).flatMap(rulesIn);
}

/** The rules of all roles in the objects. */
export const rulesIn = (yaml: string): Rule[] =>
  loadAll(yaml).flatMap((object) => {
    const { kind, rules } = mapOf(object);
    return kind === "Role" || kind === "ClusterRole" ? (listOf(rules) as unknown as Rule[]) : [];
  });
