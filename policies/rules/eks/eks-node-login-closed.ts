import type { ObjectRule } from "../../engine/rule.ts";

export const eksNodeLoginClosed: ObjectRule = {
  id: "eks-node-login-closed",
  title: "Nobody logs in to nodes by SSH from the whole internet.",
  rationale: "A node group with a key but without security groups opens port 22 to everybody.",
  remediation:
    "Leave remoteAccess out and use Session Manager, for which the role of the nodes has AmazonSSMManagedInstanceCore; or name sourceSecurityGroupIds.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: ["aws:eks/nodeGroup:NodeGroup"],

  *check({ root }) {
    const access = root.at("remoteAccess");
    const groups = access.at("sourceSecurityGroupIds");
    if (access.at("ec2SshKey").isAbsent() || groups.isUnknown() || groups.items().length > 0) return;
    yield { path: groups.path, message: "name the security groups that may log in, or leave remoteAccess out" };
  },
};
