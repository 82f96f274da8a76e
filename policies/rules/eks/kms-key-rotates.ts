import type { ObjectRule } from "../../engine/rule.ts";

export const kmsKeyRotates: ObjectRule = {
  id: "kms-key-rotates",
  title: "KMS keys that support rotation are rotated every year.",
  rationale: "A key that never changes protects more and more data, and a leak of it affects all of that data.",
  remediation: "Set enableKeyRotation to true.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: ["aws:kms/key:Key"],

  *check({ root }) {
    const rotation = root.at("enableKeyRotation");
    const spec = root.at("customerMasterKeySpec");
    const isSymmetric = spec.isAbsent() || spec.string() === "SYMMETRIC_DEFAULT";
    if (isSymmetric && !rotation.isUnknown() && rotation.boolean() !== true) {
      yield { path: rotation.path, message: "set it to true" };
    }
  },
};
