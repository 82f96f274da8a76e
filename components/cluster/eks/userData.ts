import { stringify as toToml } from "smol-toml";
import { dump } from "js-yaml";

/** A value in a map of settings. */
export type SettingValue = string | number | boolean | readonly SettingValue[] | SettingMap;
export interface SettingMap {
  readonly [key: string]: SettingValue;
}

/** What separates the parts of a message: no line of a document begins with it. */
const BOUNDARY = "==NodeConfig==";

/**
 * User data for Amazon Linux 2023: a part of MIME, which EKS puts beside its own.
 *
 * @param spec of the NodeConfig
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
 */
export function nodeConfigUserData(spec: SettingMap): string {
  return encoded(
    [
      "MIME-Version: 1.0",
      `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
      "",
      `--${BOUNDARY}`,
      "Content-Type: application/node.eks.aws",
      "",
      dump({ apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec }).trimEnd(),
      "",
      `--${BOUNDARY}--`,
      "",
    ].join("\n"),
  );
}

/**
 * User data for Bottlerocket: TOML, over which EKS lays its own.
 *
 * @param settings what comes below `settings`
 * @see https://bottlerocket.dev/en/os/latest/#/api/settings/
 */
export function bottlerocketUserData(settings: SettingMap): string {
  return encoded(toToml({ settings }));
}

const encoded = (text: string): string => Buffer.from(text).toString("base64");
