// What botocore, AWS's own library for Python, knows of regions, instance types and lengths, in the form of
// components/cluster/eks/aws.json.

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
  /** Longest texts that services take, by service and botocore's name of the kind of text. */
  readonly lengths: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The kinds of texts that clusters have, by botocore's names. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  ec2: ["LaunchTemplateName", "VersionDescription"],
  eks: ["ClusterName"],
  events: ["RuleName"],
  iam: ["roleNameType", "policyNameType", "pathType", "arnType", "roleDescriptionType", "tagKeyType", "tagValueType"],
  kms: ["AliasNameType", "DescriptionType"],
  logs: ["LogGroupName"],
};

/** The services whose models are asked. */
export const services = Object.keys(TEXTS);

/** botocore's `partitions.json`. */
export interface Partitions {
  readonly partitions: readonly { readonly id: string; readonly regions: Readonly<Record<string, unknown>> }[];
}

/** botocore's model of a service, as far as it matters here. */
export interface Model {
  readonly shapes: Readonly<Record<string, { readonly enum?: readonly string[]; readonly max?: number }>>;
}

/**
 * @param models by service: one for each of `services`
 * @throws Error if a model does not say how long a text may be
 */
export function awsLists(
  { partitions }: Partitions,
  models: Readonly<Record<string, Model>>,
  origin: Pick<AwsLists, "asOf" | "botocore">,
): AwsLists {
  const instanceTypes: Record<string, string[]> = {};
  for (const type of models.ec2?.shapes.InstanceType?.enum?.toSorted() ?? []) {
    const [family = "", size = ""] = type.split(".");
    (instanceTypes[family] ??= []).push(size);
  }
  const regions = partitions.map(({ id, regions: all }) => {
    // `aws-global` and the like stand for services without a region.
    const named = Object.keys(all).filter((name) => !name.endsWith("-global"));
    return [id, named.sort()] as const;
  });
  return { ...origin, regions: Object.fromEntries(regions), instanceTypes, lengths: lengthsIn(models) };
}

function lengthsIn(models: Readonly<Record<string, Model>>): AwsLists["lengths"] {
  const longest = (service: string, text: string) => {
    const max = models[service]?.shapes[text]?.max;
    if (max === undefined) throw new Error(`botocore's model of ${service} does not say how long ${text} may be`);
    return max;
  };
  return Object.fromEntries(
    Object.entries(TEXTS).map(([service, texts]) => [
      service,
      Object.fromEntries(texts.map((text) => [text, longest(service, text)])),
    ]),
  );
}
