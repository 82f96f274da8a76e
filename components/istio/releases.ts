import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { chartRelease } from "../chartRelease.ts";
import { officialCharts, type ChartName } from "./charts.ts";
import type { IstioArgs } from "./istioArgs.ts";
import { ISTIO_NAMESPACE } from "./namespace.ts";
import { mergeValues, type Values } from "./values.ts";

/** Values, of which later ones win. */
export type Layer = Values | undefined;

export const merged = (layers: readonly Layer[]) => mergeValues(...layers.filter((layer) => layer !== undefined));

export interface Place {
  /** @default "istio-system" */
  readonly namespace?: string;
  readonly dependsOn: pulumi.Resource | pulumi.Resource[];
  readonly ignoreChanges?: string[];
  readonly hooks?: pulumi.ResourceHookBinding;
}

/** One of Istio's charts, as a release of a mesh. */
export interface IstioRelease {
  /** Of the resource, after the name of the mesh. */
  readonly suffix: string;
  readonly release: string;
  readonly chart: ChartName;
  readonly layers: readonly Layer[];
  readonly version: string;
}

export function istioRelease(
  mesh: string,
  { charts = officialCharts, timeout }: Pick<IstioArgs, "charts" | "timeout">,
  { suffix, release, chart, layers, version }: IstioRelease,
  { namespace = ISTIO_NAMESPACE, ...options }: Place & { readonly parent: pulumi.Resource },
): k8s.helm.v3.Release {
  return chartRelease(
    `${mesh}-${suffix}`,
    { name: release, namespace, charts, chart, version, values: merged(layers), timeout },
    options,
  );
}
