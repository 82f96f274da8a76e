// What botocore, AWS's own library for Python, knows of regions, instance types, lengths and patterns, in the form of
// components/cluster/eks/aws.json.
import type { Partitions, Shape } from "./models.ts";

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
  /** Longest texts and lists that services take, by service and botocore's name of the kind. */
  readonly lengths: ByKind<number>;
  /** Patterns, in Java's dialect, that texts have as a whole. */
  readonly patterns: ByKind<string>;
}

type ByKind<Value> = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** The kinds of texts and lists that clusters have, by botocore's names. */
const LIMITED: Readonly<Record<string, readonly string[]>> = {
  ec2: ["LaunchTemplateName", "VersionDescription"],
  eks: ["ClusterName", "TagValue"],
  events: ["RuleName"],
  iam: [
    ...["roleNameType", "policyNameType", "pathType", "arnType", "roleDescriptionType"],
    ...["tagListType", "tagKeyType", "tagValueType"],
  ],
  kms: ["AliasNameType", "DescriptionType"],
  logs: ["LogGroupName"],
};

/** The kinds of texts that a stack file has. */
const PATTERNED: Readonly<Record<string, readonly string[]>> = {
  eks: ["ClusterName"],
  iam: ["pathType", "tagKeyType", "tagValueType"],
};

/** The services whose models are asked. */
export const services = Object.keys(LIMITED);

/** botocore's model of a service, as far as it matters here. */
export interface Model {
  readonly shapes: Readonly<Record<string, Pick<Shape, "enum" | "max" | "pattern">>>;
}

/**
 * @param models by service: one for each of `services`
 * @throws Error if a model does not state how long a text may be, or of what pattern
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
  return { ...origin, regions: Object.fromEntries(regions), instanceTypes, ...limitsIn(models) };
}

function limitsIn(models: Readonly<Record<string, Model>>): Pick<AwsLists, "lengths" | "patterns"> {
  const said = <Key extends "max" | "pattern">(key: Key, kinds: typeof LIMITED, what: string) =>
    Object.fromEntries(
      Object.entries(kinds).map(([service, names]) => [
        service,
        Object.fromEntries(
          names.map((name) => {
            const value = models[service]?.shapes[name]?.[key];
            if (value === undefined)
              throw new Error(`botocore's model of ${service} does not state ${what} ${name} may be`);
            return [name, value];
          }),
        ),
      ]),
    );
  return { lengths: said("max", LIMITED, "how long"), patterns: said("pattern", PATTERNED, "of what pattern") };
}
