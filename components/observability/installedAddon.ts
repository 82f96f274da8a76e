import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { product } from "../../versions.ts";
import { chartRelease } from "../chartRelease.ts";
import type { ChartSource } from "../istio/charts.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { mergeValues } from "../istio/values.ts";
import type { Mesh } from "../mesh.ts";
import { owned } from "../ownership.ts";
import type { AddonContext, CredentialsName, Installable, ToolOptions } from "./addon.ts";

/** What a tool is installed with. */
export interface InstalledAddonArgs extends Omit<AddonContext, "credentials"> {
  /** What the stack file says of it. */
  readonly options: ToolOptions;

  /** The tools wait for the control plane, so that it has the nodes first, and so that Istio's kinds of objects are there. */
  readonly mesh: Mesh;

  /**
   * Where the charts come from.
   * @default - the tool's own repository
   */
  readonly charts?: ChartSource | undefined;

  /**
   * Longest time for the tool to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number | undefined;

  /** What it asks from its start on. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** A tool in the cluster: its Secret, and its release in Istio's namespace, where Istio's own tools look for it. */
export class InstalledAddon extends pulumi.ComponentResource {
  /** Ready once the tool answers. */
  readonly release: pulumi.Resource;
  /** Name of its Secret; nothing where it has none. */
  readonly credentials: CredentialsName;

  constructor(addon: Installable, args: InstalledAddonArgs, options?: pulumi.ComponentResourceOptions) {
    super(`mesh:observability:${addon.title}`, addon.name, {}, options);
    const { chart, place, name } = addon;
    const { options: told, mesh, charts, timeout, dependsOn } = args;
    this.credentials = addon.secret ? this.#secret(name, addon.secret, args) : "";
    const values = addon.values(told, { ...args, credentials: this.credentials });
    this.release = chartRelease(
      `${name}-release`,
      {
        name,
        namespace: ISTIO_NAMESPACE,
        charts: charts ?? { repository: chart.repository },
        chart: chart.name,
        version: product.addons[chart.name],
        values: mergeValues(values, told.values ?? {}),
        timeout,
      },
      { parent: this, dependsOn: [mesh.controlPlane, ...dependsOn] },
    );
    this.registerOutputs({ place });
  }

  /**
   * The Secret of the tool. Another content makes another Secret, of another name: the pods that name it are replaced, so
   * that a new password holds at once, and no value of a chart ever says anything of the content.
   *
   * @returns its name
   */
  #secret(
    name: string,
    made: NonNullable<Installable["secret"]>,
    { options, mesh }: InstalledAddonArgs,
  ): pulumi.Output<string> {
    const entries = Object.entries(made.content(options));
    const secret = new k8s.core.v1.Secret(
      `${name}-${made.suffix}`,
      {
        metadata: { namespace: ISTIO_NAMESPACE, annotations: owned },
        immutable: true,
        stringData: Object.fromEntries(entries.map(([key, value = ""]) => [key, pulumi.secret(value)])),
      },
      { parent: this, dependsOn: mesh.controlPlane, replaceOnChanges: ["stringData", "data"] },
    );
    return secret.metadata.name;
  }
}
