import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { product } from "../../versions.ts";
import { chartReference, type ChartSource } from "../istio/charts.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { mergeValues, type Values } from "../istio/values.ts";
import type { Mesh } from "../mesh.ts";
import type { Profile } from "../profile.ts";

/** The chart of a tool. */
export type AddonChart = keyof typeof product.addons;

/** What every tool needs to know. */
export interface AddonArgs {
  readonly profile: Profile;

  /** The tools wait for the control plane, so that it has the nodes first, and so that Istio's kinds of objects are there. */
  readonly mesh: Mesh;

  /**
   * Where the charts come from.
   * @default - each tool's own repository
   */
  readonly charts?: ChartSource;

  /**
   * Longest time for the tool to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number;

  /** Further values of the chart; they win over all others. */
  readonly values?: Values;
}

/** A persistent volume. */
export interface StorageArgs {
  /** Size of the volume, e.g. `50Gi`. */
  readonly size: string;

  /**
   * Name of the StorageClass.
   * @default - the cluster's default class; EKS has none since 1.30
   */
  readonly storageClass?: string;
}

/** Where a tool answers, inside the cluster. */
export interface AddonPlace {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** Path of its first page. */
  readonly path: string;
}

const REPOSITORIES: Readonly<Record<AddonChart, string>> = {
  prometheus: "https://prometheus-community.github.io/helm-charts",
  // The chart's makers moved it here from Grafana's own repository.
  grafana: "https://grafana-community.github.io/helm-charts",
  jaeger: "https://jaegertracing.github.io/helm-charts",
  "kiali-server": "https://kiali.org/helm-charts",
};

/** The release of a tool, in Istio's namespace, where Istio's own tools look for it. */
export function addonRelease(
  parent: pulumi.Resource,
  name: string,
  chart: AddonChart,
  values: Values,
  { charts, timeout = 300, values: further = {}, mesh }: AddonArgs,
  dependsOn: readonly pulumi.Resource[] = [],
): k8s.helm.v3.Release {
  return new k8s.helm.v3.Release(
    `${name}-release`,
    {
      name,
      namespace: ISTIO_NAMESPACE,
      createNamespace: false,
      ...chartReference(charts ?? { repository: REPOSITORIES[chart] }, chart, product.addons[chart]),
      values: mergeValues(values, further),
      timeout,
      atomic: true,
    },
    { parent, dependsOn: [mesh.controlPlane, ...dependsOn], deleteBeforeReplace: true },
  );
}
