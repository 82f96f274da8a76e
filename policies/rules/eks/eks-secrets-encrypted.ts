import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { CLUSTER_KINDS } from "./lib/cluster.ts";

export const eksSecretsEncrypted: ObjectRule = {
  id: "eks-secrets-encrypted",
  title: "A cluster encrypts its Secrets with a KMS key that you manage.",
  rationale: "A key that AWS owns has no audit log of its use, and you cannot revoke it.",
  remediation:
    "Set encryptionConfig for the resource secrets with a KMS key, or encryptionConfigKeyArn in @pulumi/eks.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: CLUSTER_KINDS,

  *check(object) {
    const { config, isEncrypted } = encryptionOf(object);
    if (!isEncrypted && !config.isUnknown()) {
      yield { path: config.path, message: "set the KMS key that encrypts the Secrets of this cluster" };
    }
  },
};

function encryptionOf({ kind, root }: MeshObject): { readonly config: Field; readonly isEncrypted: boolean } {
  if (kind === "eks:index:Cluster") {
    const config = root.at("encryptionConfigKeyArn");
    return { config, isEncrypted: config.isPresent() };
  }
  const config = root.at("encryptionConfig");
  const resources = config.at("resources");
  const isEncrypted =
    resources.isUnknown() || resources.items().some((item) => item.isUnknown() || item.string() === "secrets");
  return { config, isEncrypted };
}
