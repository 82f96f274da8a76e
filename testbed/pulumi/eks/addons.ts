import { Addon } from "@pulumi/aws/eks/addon.js";
import type { Cluster } from "@pulumi/aws/eks/cluster.js";
import { getAddonVersionOutput } from "@pulumi/aws/eks/getAddonVersion.js";
import * as pulumi from "@pulumi/pulumi";

interface AddonOptions {
  readonly version?: pulumi.Input<string> | undefined;
  readonly configuration?: pulumi.Input<object> | undefined;
  readonly resolveConflictsOnCreate?: pulumi.Input<string> | undefined;
  readonly resolveConflictsOnUpdate?: pulumi.Input<string> | undefined;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
}

/** An add-on as the real component makes it: of the newest version if none is given, kept on the cluster when it goes from the stack. */
export function clusterAddon(
  resource: string,
  addonName: string,
  cluster: Cluster,
  options: AddonOptions,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): Addon {
  const newest = () =>
    getAddonVersionOutput({ addonName, kubernetesVersion: cluster.version, mostRecent: true }, { parent: opts.parent })
      .version;
  const { version, configuration, tags, resolveConflictsOnCreate, resolveConflictsOnUpdate } = options;
  return new Addon(
    resource,
    {
      clusterName: cluster.name,
      addonName,
      addonVersion: version ?? newest(),
      preserve: true,
      resolveConflictsOnCreate: resolveConflictsOnCreate ?? "OVERWRITE",
      resolveConflictsOnUpdate: resolveConflictsOnUpdate ?? "OVERWRITE",
      ...(configuration && { configurationValues: pulumi.jsonStringify(configuration) }),
      ...(tags && { tags }),
    },
    opts,
  );
}

/** The pod network, in a component of its own like the real one's. */
export class VpcCniAddon extends pulumi.ComponentResource {
  readonly addon: Addon;

  constructor(name: string, cluster: Cluster, options: AddonOptions, opts: pulumi.ComponentResourceOptions) {
    super("eks:index:VpcCniAddon", name, {}, opts);
    this.addon = clusterAddon(name, "vpc-cni", cluster, options, { parent: this });
    this.registerOutputs({ addon: this.addon });
  }
}
