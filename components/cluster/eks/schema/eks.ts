import { z } from "zod";
import { accessLevels, isClusterAdmin } from "../choices.ts";
import awsData from "../aws.json" with { type: "json" };
import * as cidrs from "../cidrs.ts";
import { areStrangers, isIpv6Network, isNetwork } from "../../../../lib/cidr.ts";
import type { EksClusterArgs } from "../eksCluster.ts";
import type { AutoscalerName } from "../choices.ts";
import type { NodeGroup } from "../nodes.ts";
import { wholeText } from "../../../../lib/javaPattern.ts";
import { kindOf, type Path } from "../../../../lib/schema/problems.ts";
import { mapOf } from "../../../../lib/untrusted.ts";
import { eksSupport } from "../../../../versions.ts";
import { list } from "../../../../lib/list.ts";
import * as field from "../../../../lib/schema/fields.ts";
import { addonConflicts, addons, policies } from "./addons.ts";
import { iamArn, policyArn, upTo } from "./arns.ts";
import { autoscaler, type AutoscalerSection } from "./autoscaler.ts";
import { chartSource } from "../../../istio/schema/charts.ts";
import { clusterName } from "./clusterName.ts";
import { ipv6Conflicts } from "./ipv6.ts";
import { network } from "./network.ts";
import { nodes, releaseConflicts } from "./nodes.ts";

const { lengths, patterns } = awsData;

/**
 * What a stack file says about a cluster on EKS.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/
 */
export interface EksSection extends Omit<EksClusterArgs, "cluster" | "region" | "profile" | "nodes" | "autoscaler"> {
  /**
   * Name of the cluster in AWS, unique in account and region.
   * @default - `<project>-<stack>`
   */
  readonly name?: string;

  /** Groups of nodes, by name; required unless `autoMode` is true. */
  readonly nodes?: Readonly<Record<string, NodeGroup>>;

  /**
   * Whether AWS runs the nodes: EKS Auto Mode.
   * @default false
   * @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html
   */
  readonly autoMode?: boolean;

  /**
   * What adds nodes and removes them again: `cluster-autoscaler`, which resizes the groups up to their `max`, or Karpenter,
   * beside them and up to its limits. A string is its name. Auto Mode does so itself.
   * @default - nothing
   */
  readonly autoscaler?: AutoscalerName | AutoscalerSection;
}

/** Retentions that CloudWatch has, in days. */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const STRANGERS =
  "must not let in more than a /8, or a /13 of IPv6, which is the most that anybody has, and so the whole internet in parts: name the addresses from which you work, such as 203.0.113.7/32";

const publicRange = field
  .anyCidr()
  .refine((range) => !isKnown(range) || !areStrangers([range]), { error: STRANGERS })
  .refine((range) => !isKnown(range) || !cidrs.isReserved(range), {
    error:
      "is a range of addresses that are nobody's on the internet, which EKS refuses; the private endpoint is open to the VPC anyway",
  });

/** The rule is about the list, whatever is wrong with its items. */
const whenList = { when: ({ value }: { readonly value: unknown }) => Array.isArray(value) };

const publicAccess = z
  .array(publicRange, { error: "must be a list of ranges" })
  .max(cidrs.mostPublicRanges, { error: `must have at most ${cidrs.mostPublicRanges} ranges, which is EKS's limit` })
  .superRefine((ranges, context) => {
    const known = (ranges as readonly unknown[]).filter((range) => typeof range === "string").filter(isKnown);
    // One that is too wide by itself has been told of.
    if (known.some((range) => areStrangers([range])) || !areStrangers(known)) return;
    context.addIssue({ code: "custom", message: STRANGERS });
  }, whenList);

/** Whether it is a range of either family. */
const isKnown = (range: string): boolean => isNetwork(range) || isIpv6Network(range);

const principal = iamArn(
  /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
  "must be the ARN of an IAM role or user, such as arn:aws:iam::111122223333:role/ci; not that of a session (assumed-role), and not the account's root",
)
  .refine((arn) => !arn.includes(":role/aws-service-role/"), {
    error: "is a role that only a service of AWS may take, which EKS refuses: name one that people or CI take",
  })
  .refine((arn) => !/:role\/(?!aws-reserved\/sso\.amazonaws\.com\/([a-z0-9-]+\/)?)(.*\/)?AWSReservedSSO_/.test(arn), {
    error:
      "is a role of IAM Identity Center without its path: write it as `aws iam get-role --role-name <name> --query Role.Arn` says, such as arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef",
  });

const access = field.section({
  principal,
  level: field.oneOf(accessLevels),
  namespaces: z
    .array(field.dnsLabel, { error: "must be a list of namespaces" })
    .min(1, { error: "must have one namespace or more; leave it out for all" })
    .exactOptional(),
});

const iam = field.section({
  path: upTo(
    lengths.iam.pathType,
    wholeText(patterns.iam.pathType),
    "must be a path in IAM that begins and ends with a slash, such as /platform/",
  ).exactOptional(),
  permissionsBoundary: policyArn("arn:aws:iam::111122223333:policy/platform-boundary").exactOptional(),
});

const MINOR = /^1\.\d{2}$/;
const offered = Object.keys(eksSupport.standardUntil);
const minorVersion = field
  .text(MINOR, 'must be a minor version of Kubernetes, as a string, such as "1.35"')
  .refine((version) => !MINOR.test(version) || offered.includes(version), {
    error: `must be a version that EKS has in standard support, which these clusters keep to: ${list(offered, "or")}, as of ${eksSupport.asOf}; a newer one has to be added to eksSupport in versions.ts first`,
  });

export const eks = field
  .section({
    name: field.text(clusterName.pattern, clusterName.error).exactOptional(),
    version: minorVersion.exactOptional(),
    addons: addons.exactOptional(),
    network: network.exactOptional(),
    publicAccess: publicAccess.exactOptional(),
    access: field.named(field.dnsLabel, access, "names of your own to who may use the cluster"),
    kubeconfigRole: principal.exactOptional(),
    nodes: nodes.exactOptional(),
    nodePolicies: policies.exactOptional(),
    autoMode: field.flag.exactOptional(),
    autoscaler: autoscaler.exactOptional(),
    loadBalancerController: field
      .section({
        charts: chartSource.exactOptional(),
        image: field
          .text(
            /^[a-z0-9][a-z0-9.:-]*(\/[a-z0-9._-]+)+$/,
            "must be the repository of an image without a tag, such as 111122223333.dkr.ecr.eu-west-1.amazonaws.com/aws-load-balancer-controller",
          )
          .exactOptional(),
      })
      .exactOptional(),
    logRetention: z
      .literal(RETENTIONS, {
        error: `must be a number of days that CloudWatch knows: ${list(RETENTIONS.map(String), "or")}`,
      })
      .exactOptional(),
    // A tag of the cluster says which it was.
    encryptionKey: upTo(
      lengths.eks.TagValue,
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
      "must be the ARN of a key in KMS, such as arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000; not that of an alias",
    ).exactOptional(),
    iam: iam.exactOptional(),
    protect: field.flag.exactOptional(),
  })
  .superRefine((settings, context) => {
    const issue = (path: Path, message: string) => {
      context.addIssue({ code: "custom", path: [...path], message });
    };
    const {
      autoMode,
      version,
      addons: installed,
      network: ownNetwork,
      nodes: groups,
      access: entries,
      kubeconfigRole,
    } = settings as Readonly<Record<string, unknown>>;
    if (autoMode === true) {
      for (const key of ["nodes", "nodePolicies", "autoscaler", "loadBalancerController"]) {
        if (Object.hasOwn(settings, key))
          issue([key], "has no place beside autoMode: AWS brings it then; leave one of them out");
      }
      if (Object.hasOwn(mapOf(ownNetwork), "podCidr")) {
        const message = "has no place beside autoMode: AWS runs the network plugin itself then; leave one of them out";
        issue(["network", "podCidr"], message);
      }
    } else if (!Object.hasOwn(settings, "nodes")) {
      issue(["nodes"], "is missing: name a group of nodes, or let AWS run them with autoMode: true");
    }
    const known = typeof version === "string" && MINOR.test(version) ? { version } : {};
    for (const { path, reason } of addonConflicts(installed, { ...known, autoMode: autoMode === true })) {
      issue(["addons", ...path], reason);
    }
    for (const { path, reason } of releaseConflicts(groups, known.version)) issue(["nodes", ...path], reason);
    for (const { path, reason } of ipv6Conflicts(settings)) issue(path, reason);
    const admins = Object.values(mapOf(entries)).map(mapOf).filter(isClusterAdmin);
    // What is no map at all has been told of.
    if (entries !== undefined && kindOf(entries) === "a map" && admins.length === 0) {
      const why = "nobody gets in who is not named, not even whoever made the cluster";
      issue(["access"], `must name a cluster-admin without namespaces, the role that runs Pulumi: ${why}`);
    }
    if (typeof kubeconfigRole === "string" && !admins.some((entry) => entry.principal === kubeconfigRole)) {
      issue(
        ["kubeconfigRole"],
        "must be among those in access, as cluster-admin without namespaces: it does all that is done in the cluster",
      );
    }
    const principals = new Map<unknown, string>();
    for (const [name, entry] of Object.entries(Object(entries) as Record<string, unknown>)) {
      const { principal: who } = Object(entry) as { principal?: unknown };
      const first = principals.get(who);
      if (first !== undefined && typeof who === "string") {
        issue(["access", name, "principal"], `has an entry already, ${first}: a principal has one; put them together`);
      }
      principals.set(who, name);
    }
  }, field.always)
  .transform(({ nodes: groups, autoMode = false, ...rest }) => ({
    ...rest,
    nodes: autoMode ? ("auto-mode" as const) : (groups ?? {}),
  }));
