import { kmsKeyRotates } from "../../../../policies/rules/eks/kms-key-rotates.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown } from "../../judge.ts";

const key = (props: object): Resource => ({ type: "aws:kms/key:Key", props });

describeRule(kmsKeyRotates, {
  accepts: {
    "a key that rotates": [key({ enableKeyRotation: true })],
    "a key of a pair, which can not": [key({ customerMasterKeySpec: "RSA_4096" })],
  },
  refuses: {
    "a key that does not": [[key({ enableKeyRotation: false })], "enableKeyRotation"],
    "the default": [[key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT" })], "enableKeyRotation"],
  },
  waits: { "a computed answer": [[key({ enableKeyRotation: unknown.text })], "enableKeyRotation"] },
});
