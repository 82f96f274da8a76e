import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { load, loadAll } from "js-yaml";
import { chartReference, type ChartName } from "../components/istio/charts.ts";
import type { AddonChart } from "../components/observability/addon.ts";
import type { Values } from "../components/istio/values.ts";
import { product, testbed } from "../versions.ts";

/** A Kubernetes object as a chart renders it. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** Folder with Istio's charts of the pinned version; `make test` sets it. */
const folder = process.env.ISTIO_CHARTS;

const isOnPath = (program: string) =>
  (process.env.PATH ?? "").split(path.delimiter).some((place) => fs.existsSync(path.join(place, program)));

/** Folder with the charts of the tools that look at the mesh; `CHARTS=… make test-charts` sets it. */
const addonFolder = process.env.ADDON_CHARTS;

export const hasCharts = folder !== undefined && isOnPath("helm");
export const hasAddonCharts = addonFolder !== undefined && isOnPath("helm");
export const hasHelm = isOnPath("helm");
export const hasIstioctl = isOnPath("istioctl");

/** What a chart of the pinned version makes of the values. */
export function render(chart: ChartName, release: string, values: Values): Manifest[] {
  return template(chartPath(chart), release, values);
}

/** What the chart of a tool makes of the values, in the pinned version. */
export function renderAddon(chart: AddonChart, release: string, values: Values): Manifest[] {
  const from = addonFolder ?? "";
  return template(chartReference({ folder: from }, chart, product.addons[chart]).chart, release, values);
}

/** The version of a tool's chart that is there. */
export function addonVersion(chart: AddonChart): string {
  const place = chartReference({ folder: addonFolder ?? "" }, chart, product.addons[chart]).chart;
  const { version } = load(execFileSync("helm", ["show", "chart", place]).toString("utf8")) as { version: string };
  return version;
}

function template(place: string, release: string, values: Values): Manifest[] {
  const args = [
    "template",
    release,
    place,
    "--namespace",
    "istio-system",
    "--kube-version",
    testbed.kubernetes,
    "--values",
    "-",
  ];
  return manifests(execFileSync("helm", args, { input: JSON.stringify(values), stdio: ["pipe", "pipe", "pipe"] }));
}

/** The schema of a chart's values. */
export function valuesSchema(chart: ChartName): unknown {
  return JSON.parse(fs.readFileSync(path.join(chartPath(chart), "values.schema.json"), "utf8"));
}

/** What `istioctl install --set profile=demo` applies. */
export function istioctlDemo(): Manifest[] {
  return manifests(execFileSync("istioctl", ["manifest", "generate", "--set", "profile=demo"], { maxBuffer: 2 ** 26 }));
}

const samples = folder === undefined ? undefined : path.join(folder, "../../samples");

/** Whether the charts are those of Istio's source, which has its samples too. */
export const hasSamples = samples !== undefined && fs.existsSync(samples);

/** The objects of a sample, e.g. `bookinfo/platform/kube/bookinfo.yaml`. */
export function sample(file: string): Manifest[] {
  return manifests(fs.readFileSync(path.join(samples ?? "", file)));
}

/** The one object of that kind and name. */
export function find(all: readonly Manifest[], kind: string, name: string): Manifest {
  const found = all.filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`there are ${found.length} ${kind} ${name}`);
  return found[0];
}

function chartPath(chart: ChartName): string {
  if (folder === undefined) throw new Error("ISTIO_CHARTS names no folder with charts");
  return chartReference({ folder }, chart, product.istio).chart;
}

function manifests(yaml: Buffer): Manifest[] {
  return loadAll(yaml.toString("utf8")).filter((manifest) => manifest !== null) as Manifest[];
}
