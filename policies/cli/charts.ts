// Helm charts. Their templates are no manifests until helm has rendered them.
import * as path from "node:path";
import { printedBy, type Printed } from "./programs.ts";

/** The folders of charts among files, without those of the charts in them. */
export function chartsAmong(files: readonly string[]): string[] {
  const folders = files.filter((file) => path.basename(file) === "Chart.yaml").map((file) => path.dirname(file));
  return folders.filter((folder) => !folders.some((other) => other !== folder && isBelow(folder, other)));
}

/** The chart whose template a file is, or whose values; nothing for other files. */
export function chartOf(file: string, charts: readonly string[]): string | undefined {
  const chart = charts.find((folder) => isBelow(file, folder));
  if (chart === undefined) return undefined;
  const inChart = path.relative(chart, file).split(path.sep);
  return inChart.includes("templates") || /^(values.*|Chart)\.ya?ml$/.test(inChart.at(-1) ?? "") ? chart : undefined;
}

/** Whether a file is in a folder, or below it. */
export const isBelow = (file: string, folder: string): boolean => !path.relative(folder, file).startsWith("..");

/** Renders a chart as `helm template` does, without a cluster. */
export function renderChart(chart: string, values: readonly string[], namespace: string | undefined): Printed {
  const release = path.basename(path.resolve(chart));
  return printedBy([
    "helm",
    "template",
    release,
    chart,
    ...values.flatMap((file) => ["--values", file]),
    ...(namespace === undefined ? [] : ["--namespace", namespace]),
  ]);
}
