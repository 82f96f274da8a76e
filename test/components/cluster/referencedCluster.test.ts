import { describe, expect, it } from "vitest";
import { ReferencedCluster } from "../../../components/cluster/referencedCluster";
import { record, the } from "../../recorder";

const KNOWN = /^(mesh:cluster:ReferencedCluster|pulumi:(providers:kubernetes|pulumi:StackReference))$/;
const STACK = "acme/mesh/prod-cluster";

const recordCluster = (kubeconfig: unknown) =>
  record(() => new ReferencedCluster("cluster", { stackReference: STACK }), KNOWN, {
    outputs: ({ type }) =>
      type === "pulumi:pulumi:StackReference" ? { outputs: { kubeconfig }, secretOutputNames: ["kubeconfig"] } : {},
  });

describe("the cluster of another stack", () => {
  it("is reached by that stack's kubeconfig, which stays a secret, and is known by that stack's name", async () => {
    const resources = await recordCluster('{"kind":"Config"}');
    const provider = the(resources, "pulumi:providers:kubernetes", "cluster");
    expect(provider.inputs).toMatchObject({ clusterIdentifier: STACK });
    expect(JSON.stringify(provider.inputs.kubeconfig)).toContain("Config");
    expect(provider.secrets).toEqual(["kubeconfig"]);
  });
});
