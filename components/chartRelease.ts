import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { chartReference, type ChartSource } from "./istio/charts.ts";
import type { Values } from "./istio/values.ts";

interface ChartReleaseArgs {
  /** Name of the release. Without one it gets a random one, and with it the labels by which others find its pods. */
  readonly name: string;
  readonly namespace: string;
  readonly charts: ChartSource;
  /** @default - the name of the release */
  readonly chart?: string;
  readonly version: string;
  readonly values: Values;
  /**
   * Longest time for it to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number | undefined;
}

/** A chart, installed as a release of Helm. */
export function chartRelease(
  resource: string,
  { name, namespace, charts, chart = name, version, values, timeout = 300 }: ChartReleaseArgs,
  options: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  return new k8s.helm.v3.Release(
    resource,
    {
      ...{ name, namespace, createNamespace: false, values, timeout },
      ...chartReference(charts, chart, version),
      // A first installation that failed leaves nothing that stands in the way of the next.
      atomic: true,
    },
    // Objects with fixed names can not be there twice.
    { ...options, deleteBeforeReplace: true },
  );
}
