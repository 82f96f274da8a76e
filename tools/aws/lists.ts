// What botocore, AWS's own library for Python, knows of regions and instance types, in the form of components/cluster/eks/aws.json.

/** Lists of names in AWS, as a stack file uses them. */
export interface AwsLists {
  /** The day on which they were taken. */
  readonly asOf: string;
  /** The version of botocore that they are from. */
  readonly botocore: string;
  /** Regions by partition. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
  /** Sizes of instance types by family: `m7g` has `large`. */
  readonly instanceTypes: Readonly<Record<string, readonly string[]>>;
}

/** botocore's `partitions.json`. */
export interface Partitions {
  readonly partitions: readonly { readonly id: string; readonly regions: Readonly<Record<string, unknown>> }[];
}

/** botocore's model of EC2, as far as it matters here. */
export interface Ec2Model {
  readonly shapes: { readonly InstanceType: { readonly enum: readonly string[] } };
}

export function awsLists(
  { partitions }: Partitions,
  { shapes }: Ec2Model,
  origin: Pick<AwsLists, "asOf" | "botocore">,
): AwsLists {
  const instanceTypes: Record<string, string[]> = {};
  for (const type of shapes.InstanceType.enum.toSorted()) {
    const [family = "", size = ""] = type.split(".");
    (instanceTypes[family] ??= []).push(size);
  }
  const regions = partitions.map(({ id, regions: all }) => {
    // `aws-global` and the like stand for services without a region.
    const named = Object.keys(all).filter((name) => !name.endsWith("-global"));
    return [id, named.sort()] as const;
  });
  return { ...origin, regions: Object.fromEntries(regions), instanceTypes };
}
