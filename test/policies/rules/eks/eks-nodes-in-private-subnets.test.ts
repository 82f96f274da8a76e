import { eksNodesInPrivateSubnets } from "../../../../policies/rules/eks/eks-nodes-in-private-subnets.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { launchTemplate, nodeGroup } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const subnet = (id: unknown, mapPublicIpOnLaunch?: boolean): Resource => ({
  type: "aws:ec2/subnet:Subnet",
  props: { id, ...(mapPublicIpOnLaunch !== undefined && { mapPublicIpOnLaunch }) },
});
const address = (associatePublicIpAddress: unknown) =>
  launchTemplate({ networkInterfaces: [{ associatePublicIpAddress }] });

describeRule(eksNodesInPrivateSubnets, {
  accepts: {
    "nodes in private subnets": [subnet("subnet-1"), subnet("subnet-2", true), nodeGroup({ subnetIds: ["subnet-1"] })],
    "no public addresses": [address("false")],
    "subnets that are made too, none of them public": [
      subnet(undefined, false),
      nodeGroup({ subnetIds: unknown.list }),
    ],
  },
  refuses: {
    "nodes in a public subnet": [
      [subnet("subnet-1", false), subnet("subnet-2", true), nodeGroup({ subnetIds: ["subnet-1", "subnet-2"] })],
      "2 subnetIds[1]",
    ],
    "a public address": [[address("true")], "0 networkInterfaces[0].associatePublicIpAddress"],
  },
  waits: {
    "subnets that are made too": [
      [subnet(undefined, true), nodeGroup({ subnetIds: [unknown.text] })],
      "1 subnetIds[0]",
    ],
  },
});
