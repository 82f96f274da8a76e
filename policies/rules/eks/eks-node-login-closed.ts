import type { ObjectRule } from "../../engine/rule.ts";

export const eksNodeLoginClosed: ObjectRule = {
  id: "eks-node-login-closed",
  title: "Nodes do not accept SSH from the whole internet.",
  rationale: "A node group with an SSH key and without security groups opens port 22 to everybody.",
  remediation:
    "Remove remoteAccess and use Session Manager, which needs AmazonSSMManagedInstanceCore on the node role, or set sourceSecurityGroupIds.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: ["aws:eks/nodeGroup:NodeGroup"],

  *check({ root }) {
    const access = root.at("remoteAccess");
    const groups = access.at("sourceSecurityGroupIds");
    if (access.at("ec2SshKey").isAbsent() || groups.isUnknown() || groups.items().length > 0) return;
    yield { path: groups.path, message: "set the security groups that may log in, or remove remoteAccess" };
  },
};
