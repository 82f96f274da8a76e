import { eksNodeLoginClosed } from "../../../../policies/rules/eks/eks-node-login-closed.ts";
import { describeRule } from "../../describeRule.ts";
import { nodeGroup } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const here = "remoteAccess.sourceSecurityGroupIds";

describeRule(eksNodeLoginClosed, {
  accepts: {
    "no way to log in": [nodeGroup({})],
    "a way for some": [nodeGroup({ remoteAccess: { ec2SshKey: "admin", sourceSecurityGroupIds: ["sg-1"] } })],
  },
  refuses: {
    "a key for everybody": [[nodeGroup({ remoteAccess: { ec2SshKey: "admin" } })], here],
    "a key and no groups": [[nodeGroup({ remoteAccess: { ec2SshKey: "admin", sourceSecurityGroupIds: [] } })], here],
  },
  waits: {
    "computed groups": [
      [nodeGroup({ remoteAccess: { ec2SshKey: "admin", sourceSecurityGroupIds: unknown.list } })],
      here,
    ],
  },
});
