import manifest from "@pulumi/eks/package.json" with { type: "json" };
import * as pulumi from "@pulumi/pulumi";
import { endWithEngine } from "../server.ts";
import { Cluster } from "./cluster.ts";

const { version } = manifest;

/** The EKS plugin is nothing but components: the SDK's own server runs them, as in the real plugin. */
const plugin: pulumi.provider.Provider = {
  version: `${version}+standin`,
  construct: async (name, type, inputs, options) => {
    if (type !== "eks:index:Cluster") throw new Error(`the stand-in for the EKS plugin does not make ${type}`);
    void pulumi.log.warn(
      "the EKS plugin is a stand-in: it makes eks.Cluster of the same parts as the real one; testbed/pulumi/README.md says what differs",
    );
    const { urn, outputs } = new Cluster(name, inputs, options);
    return Promise.resolve({ urn, state: outputs });
  },
};

endWithEngine(() => process.exit());
void pulumi.provider.main(plugin, process.argv.slice(2));
