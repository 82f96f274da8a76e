import { eksSecretsEncrypted } from "../../../../policies/rules/eks/eks-secrets-encrypted.ts";
import { describeRule } from "../../describeRule.ts";
import { awsCluster, eksCluster } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const key = "arn:aws:kms:eu-central-1:123456789012:key/1";

describeRule(eksSecretsEncrypted, {
  accepts: {
    "a key for secrets": [awsCluster({ encryptionConfig: { provider: { keyArn: key }, resources: ["secrets"] } })],
    "a component with a key": [eksCluster({ encryptionConfigKeyArn: key })],
  },
  refuses: {
    "no key": [[awsCluster({})], "encryptionConfig"],
    "a key for nothing": [
      [awsCluster({ encryptionConfig: { provider: { keyArn: key }, resources: [] } })],
      "encryptionConfig",
    ],
    "a component without a key": [[eksCluster({ version: "1.35" })], "encryptionConfigKeyArn"],
  },
  waits: {
    "a key that is made too, of a component": [
      [eksCluster({ encryptionConfigKeyArn: unknown.text })],
      "encryptionConfigKeyArn",
    ],
    "a computed configuration": [[awsCluster({ encryptionConfig: unknown.object })], "encryptionConfig"],
  },
});
