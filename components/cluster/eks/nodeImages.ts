import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Architecture, OperatingSystem } from "./machines.ts";

interface Image {
  readonly os: OperatingSystem;
  readonly architecture: Architecture;
  /** Minor version of Kubernetes. */
  readonly version: string;
}

/**
 * Where AWS publishes the newest release of an image.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html
 */
export function releaseParameter({ os, architecture, version }: Image): string {
  const machine = architecture === "arm64" ? "arm64" : "x86_64";
  return os === "bottlerocket"
    ? `/aws/service/bottlerocket/aws-k8s-${version}/${machine}/latest/image_version`
    : `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${machine}/standard/recommended/release_version`;
}

/** The newest release of an image, as EKS takes it: `1.35.0-20261101`, or `1.50.0-abcdef12` of Bottlerocket. */
export async function newestRelease(image: Image, options: pulumi.InvokeOptions): Promise<string> {
  // What everybody may read is no secret in the state, as an output would be, since `value` beside it is one.
  const { insecureValue } = await aws.ssm.getParameter({ name: releaseParameter(image) }, options);
  return insecureValue;
}
