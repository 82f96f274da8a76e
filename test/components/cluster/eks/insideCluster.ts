import { Cluster } from "../../../../testbed/pulumi/eks/cluster.ts";
import { record, type Recorded } from "../../../recorder.ts";

/** What the EKS plugin makes of an `eks.Cluster` that a program declares, of which mocks know nothing. */
export async function insideCluster({ name, inputs, transforms }: Recorded): Promise<Recorded[]> {
  const resources = await record(
    () => new Cluster(name, { ...inputs }, { transforms: [...transforms] }),
    /^(eks:index:\w+|aws:(eks|iam)\/\w+:\w+|pulumi:providers:kubernetes)$/,
    {
      outputs: ({ type, name: resource }) => {
        if (type === "aws:iam/role:Role") return { name: resource, arn: `arn:aws:iam::123456789012:role/${resource}` };
        if (type !== "aws:eks/cluster:Cluster") return {};
        const identities = [{ oidcs: [{ issuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/1" }] }];
        const certificateAuthority = { data: "Y2E=" };
        return {
          arn: "arn:aws:eks:eu-west-1:1:cluster/a",
          endpoint: "https://1.eks",
          certificateAuthority,
          identities,
        };
      },
      calls: { "aws:index/getPartition:getPartition": () => ({ partition: "aws" }) },
    },
  );
  return resources.filter(({ type }) => type !== "eks:index:Cluster");
}
