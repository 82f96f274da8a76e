import { eksEndpointRestricted } from "../../../../policies/rules/eks/eks-endpoint-restricted";
import { describeRule } from "../../describeRule";
import { awsCluster, eksCluster } from "../../eks";
import { unknown } from "../../judge";

const cluster = (vpcConfig: object) => awsCluster({ vpcConfig });
const ours = ["192.0.2.0/24", "2001:db8::/32"];

describeRule(eksEndpointRestricted, {
  accepts: {
    "no public endpoint": [cluster({ endpointPublicAccess: false })],
    "known ranges": [cluster({ endpointPublicAccess: true, publicAccessCidrs: ours })],
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
    "everybody by IPv6": [[cluster({ publicAccessCidrs: ["::/0"] })], "vpcConfig.publicAccessCidrs[0]"],
    "a component by default": [[eksCluster({})], "publicAccessCidrs"],
    "a component open to everybody": [[eksCluster({ publicAccessCidrs: ["0.0.0.0/0"] })], "publicAccessCidrs[0]"],
  },
  waits: {
    "computed ranges": [[cluster({ publicAccessCidrs: unknown.list })], "vpcConfig.publicAccessCidrs"],
    "a computed network": [[awsCluster({ vpcConfig: unknown.object })], "vpcConfig"],
  },
});
