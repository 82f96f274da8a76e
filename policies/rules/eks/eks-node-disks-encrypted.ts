import type { ObjectRule } from "../../engine/rule.ts";

export const eksNodeDisksEncrypted: ObjectRule = {
  id: "eks-node-disks-encrypted",
  title: "The disks that a launch template gives to nodes are encrypted.",
  rationale: "Images, logs and what pods write to emptyDir lie on them, in every snapshot too.",
  remediation: "Set ebs.encrypted in the block device mappings.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: ["aws:ec2/launchTemplate:LaunchTemplate"],

  *check({ root }) {
    for (const device of root.at("blockDeviceMappings").items()) {
      const disk = device.at("ebs");
      const encrypted = disk.at("encrypted");
      if (disk.isAbsent() || encrypted.isUnknown()) continue;
      if (encrypted.string() !== "true" && encrypted.boolean() !== true) {
        yield { path: encrypted.path, message: "set it to true" };
      }
    }
  },
};
