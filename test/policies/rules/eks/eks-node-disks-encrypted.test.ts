import { eksNodeDisksEncrypted } from "../../../../policies/rules/eks/eks-node-disks-encrypted.ts";
import { describeRule } from "../../describeRule.ts";
import { launchTemplate } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const template = (ebs: unknown) => launchTemplate({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] });
const here = "blockDeviceMappings[0].ebs.encrypted";

describeRule(eksNodeDisksEncrypted, {
  accepts: {
    "an encrypted disk": [template({ volumeSize: 50, encrypted: "true" })],
    "a disk of the machine itself": [launchTemplate({ blockDeviceMappings: [{ virtualName: "ephemeral0" }] })],
    "the disks of the image": [launchTemplate({})],
  },
  refuses: {
    "a disk": [[template({ volumeSize: 50 })], here],
    "a disk that is not": [[template({ encrypted: "false" })], here],
  },
  waits: { "a computed answer": [[template({ encrypted: unknown.text })], here] },
});
