import { eksEndpointRestricted } from "../../../../policies/rules/eks/eks-endpoint-restricted.ts";
import { describeRule } from "../../describeRule.ts";
import { awsCluster, eksCluster } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const cluster = (vpcConfig: object) => awsCluster({ vpcConfig });
const ours = ["192.0.2.0/24", "2001:db8::/32"];

describeRule(eksEndpointRestricted, {
  accepts: {
    "no public endpoint": [cluster({ endpointPublicAccess: false })],
    "known ranges": [cluster({ endpointPublicAccess: true, publicAccessCidrs: ours })],
    "a network as large as anybody's": [cluster({ publicAccessCidrs: ["8.0.0.0/8"] })],
    "known ranges of what is public by default": [cluster({ publicAccessCidrs: ours })],
    "a component without a public endpoint": [eksCluster({ endpointPublicAccess: false })],
    "a component with known ranges": [eksCluster({ endpointPublicAccess: true, publicAccessCidrs: ours })],
  },
  refuses: {
    "the default": [[cluster({})], "vpcConfig.publicAccessCidrs"],
    "no ranges": [[cluster({ endpointPublicAccess: true })], "vpcConfig.publicAccessCidrs"],
    everybody: [[cluster({ publicAccessCidrs: [...ours, "0.0.0.0/0"] })], "vpcConfig.publicAccessCidrs[2]"],
    "everybody in two halves": [
      [cluster({ publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"] })],
      "vpcConfig.publicAccessCidrs[0]",
    ],
    "everybody in four quarters": [
      [cluster({ publicAccessCidrs: ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"] })],
      "vpcConfig.publicAccessCidrs[0]",
    ],
    "many, in pieces of which each might be somebody's": [
      [cluster({ publicAccessCidrs: Array.from({ length: 40 }, (_, index) => `${index + 11}.0.0.0/8`) })],
      "vpcConfig.publicAccessCidrs",
    ],
    "everybody from some address on": [
      [cluster({ publicAccessCidrs: ["1.2.3.4/0"] })],
      "vpcConfig.publicAccessCidrs[0]",
    ],
    "everybody by IPv6": [[cluster({ publicAccessCidrs: ["::/0"] })], "vpcConfig.publicAccessCidrs[0]"],
    "everybody by IPv6, in parts": [
      [cluster({ publicAccessCidrs: ["2000::/4", "3000::/4"] })],
      "vpcConfig.publicAccessCidrs[0]",
    ],
    "many by IPv6, in pieces of which each might be somebody's": [
      [cluster({ publicAccessCidrs: ["2600::/13", "2a00::/13"] })],
      "vpcConfig.publicAccessCidrs",
    ],
    "a component by default": [[eksCluster({})], "publicAccessCidrs"],
    "a component open to everybody": [[eksCluster({ publicAccessCidrs: ["0.0.0.0/0"] })], "publicAccessCidrs[0]"],
  },
  waits: {
    "computed ranges": [[cluster({ publicAccessCidrs: unknown.list })], "vpcConfig.publicAccessCidrs"],
    "a computed network": [[awsCluster({ vpcConfig: unknown.object })], "vpcConfig"],
  },
});
