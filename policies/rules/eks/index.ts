import type { Rule } from "../../rule";
import { eksAccessByEntries } from "./eks-access-by-entries";
import { eksAddonVersionPinned } from "./eks-addon-version-pinned";
import { eksAuditLogEnabled } from "./eks-audit-log-enabled";
import { eksDeletionProtected } from "./eks-deletion-protected";
import { eksEndpointRestricted } from "./eks-endpoint-restricted";
import { eksNodeDisksEncrypted } from "./eks-node-disks-encrypted";
import { eksNodeLoginClosed } from "./eks-node-login-closed";
import { eksNodesInPrivateSubnets } from "./eks-nodes-in-private-subnets";
import { eksNodesRequireMetadataTokens } from "./eks-nodes-require-metadata-tokens";
import { eksSecretsEncrypted } from "./eks-secrets-encrypted";
import { eksVersionFitsIstio } from "./eks-version-fits-istio";
import { eksVersionPinned } from "./eks-version-pinned";
import { eksVersionSupported } from "./eks-version-supported";
import { kmsKeyRotates } from "./kms-key-rotates";

/** What EKS clusters need. */
export const eksRules: readonly Rule[] = [
  eksAccessByEntries,
  eksAddonVersionPinned,
  eksAuditLogEnabled,
  eksDeletionProtected,
  eksEndpointRestricted,
  eksNodeDisksEncrypted,
  eksNodeLoginClosed,
  eksNodesInPrivateSubnets,
  eksNodesRequireMetadataTokens,
  eksSecretsEncrypted,
  eksVersionFitsIstio,
  eksVersionPinned,
  eksVersionSupported,
  kmsKeyRotates,
];
