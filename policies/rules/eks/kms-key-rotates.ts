import type { ObjectRule } from "../../rule";

export const kmsKeyRotates: ObjectRule = {
  id: "kms-key-rotates",
  requires: "KMS keys that AWS can rotate are rotated every year.",
  because: "A key that never changes has ever more behind it, and a leak of it never ends.",
  wayOut: "Set enableKeyRotation to true.",
  severity: "medium",
  environment: true,
  covers: [],
  kinds: ["aws:kms/key:Key"],

  *check({ root }) {
    const rotation = root.at("enableKeyRotation");
    const spec = root.at("customerMasterKeySpec");
    const isSymmetric = spec.isAbsent() || spec.text() === "SYMMETRIC_DEFAULT";
    if (isSymmetric && !rotation.isUnknown() && rotation.boolean() !== true) {
      yield { path: rotation.path, message: "set it to true" };
    }
  },
};
