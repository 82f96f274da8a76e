/** Operating systems of nodes. */
export const operatingSystems = ["al2023", "bottlerocket"] as const;
export type OperatingSystem = (typeof operatingSystems)[number];

/** Architectures of nodes. */
export const architectures = ["arm64", "amd64"] as const;
export type Architecture = (typeof architectures)[number];

/** EKS's name for the image of a node. */
export function amiType(os: OperatingSystem, architecture: Architecture): string {
  const images = {
    al2023: { arm64: "AL2023_ARM_64_STANDARD", amd64: "AL2023_x86_64_STANDARD" },
    bottlerocket: { arm64: "BOTTLEROCKET_ARM_64", amd64: "BOTTLEROCKET_x86_64" },
  } as const;
  return images[os][architecture];
}

/**
 * The disk that holds images and pods, by the name under which the image knows it. Bottlerocket keeps itself on another
 * one: see `systemDisk`.
 * @see https://bottlerocket.dev/en/os/latest/#/concepts/restricted-filesystem/
 */
export function dataDisk(os: OperatingSystem): string {
  return os === "bottlerocket" ? "/dev/xvdb" : "/dev/xvda";
}

/** The disk of the system itself, where it is one of its own: read-only, and as big as the image. */
export function systemDisk(os: OperatingSystem): string | undefined {
  return os === "bottlerocket" ? "/dev/xvda" : undefined;
}

/** Architecture of an instance type: the letter g after the generation is a Graviton, as in `m7g.large`. */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+g[a-z]*(-[a-z0-9]+)?)\./.test(instanceType) ? "arm64" : "amd64";
}
