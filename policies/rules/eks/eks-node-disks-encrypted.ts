import type { ObjectRule } from "../../rule";

export const eksNodeDisksEncrypted: ObjectRule = {
  id: "eks-node-disks-encrypted",
  requires: "The disks that a launch template gives to nodes are encrypted.",
  because: "Images, logs and what pods write to emptyDir lie on them, in every snapshot too.",
  wayOut: "Set ebs.encrypted in the block device mappings.",
  severity: "medium",
  environment: true,
  covers: [],
  kinds: ["aws:ec2/launchTemplate:LaunchTemplate"],

  *check({ root }) {
    for (const device of root.at("blockDeviceMappings").items()) {
      const disk = device.at("ebs");
      const encrypted = disk.at("encrypted");
      if (disk.isAbsent() || encrypted.isUnknown()) continue;
      if (encrypted.text() !== "true" && encrypted.boolean() !== true) {
        yield { path: encrypted.path, message: "set it to true" };
      }
    }
  },
};
