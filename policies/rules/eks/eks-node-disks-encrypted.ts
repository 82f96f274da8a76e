import type { ObjectRule } from "../../engine/rule.ts";

export const eksNodeDisksEncrypted: ObjectRule = {
  id: "eks-node-disks-encrypted",
  title: "The node volumes of a launch template are encrypted.",
  rationale: "The volumes and their snapshots contain images, logs and the data that Pods write to emptyDir volumes.",
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
