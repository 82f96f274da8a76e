// What a reader has to see, however long the preview is: each by name, in a line of its own.
import { valueAt, type Step } from "./events.ts";
import { istioVersionsText } from "./istioVersions.ts";
import { gatewaysBehindLoadBalancers } from "./loadBalancers.ts";

/** What is replaced, deleted or no longer protected, the sizes of node groups, versions of Istio, and steps without a way back. */
export const attentionText = (steps: readonly Step[]): string[] => [
  ...steps.flatMap(linesOf),
  ...istioVersionsText(steps),
];

function linesOf(step: Step): string[] {
  const { op, type, name, because, isProtected } = step;
  const what = `${name} (${type})`;
  const lines = [
    ...(op === "replace" ? [`${what} is replaced, since ${because.join(", ") || "it has to be"} changes`] : []),
    ...(op === "delete" ? [`${what} is deleted`] : []),
    ...(op !== "delete" && isProtected.before && !isProtected.after ? [`${what} is no longer protected`] : []),
  ];
  if (!step.before || !step.after) return lines;
  return [...lines, ...sizes(step), ...oneWays(step), ...newLoadBalancers(step)];
}

/** The sizes of a node group, by the words of its setting. */
const SIZES = { minSize: "min", maxSize: "max", desiredSize: "nodes now" };

function sizes({ type, name, before, after }: Step): string[] {
  if (type !== "aws:eks/nodeGroup:NodeGroup") return [];
  const changed = Object.entries(SIZES).flatMap(([size, word]) => {
    const [one, other] = [before, after].map((inputs) => inWords(valueAt(inputs, `scalingConfig.${size}`)));
    return one === other ? [] : [`${word} ${one} => ${other}`];
  });
  return changed.length === 0 ? [] : [`${name} changes its size: ${changed.join(", ")}`];
}

interface OneWay {
  readonly type: string;
  /** The input. */
  readonly path: string;
  readonly what: string;
  /** Why nobody comes back. */
  readonly why: string;
  /** Whether this change is one without a way back; any is, by default. */
  readonly holds?: (before: unknown, after: unknown) => boolean;
}

const CLUSTER = "aws:eks/cluster:Cluster";

/** What AWS lets nobody take back: https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterVersion.html and its like. */
const ONE_WAYS: readonly OneWay[] = [
  { type: CLUSTER, path: "version", what: "Kubernetes", why: "a control plane is never downgraded" },
  {
    type: CLUSTER,
    path: "encryptionConfig",
    what: "the encryption of Secrets",
    why: "what is encrypted stays so, by that key",
  },
  {
    type: CLUSTER,
    path: "computeConfig.enabled",
    what: "Auto Mode",
    why: "nodes, network plugin and load balancers come from somebody else from then on",
    holds: (before, after) => (before === true) !== (after === true),
  },
  {
    type: CLUSTER,
    path: "kubernetesNetworkConfig.ipFamily",
    what: "the family of addresses",
    why: "it is settled when a cluster is made",
  },
  {
    type: CLUSTER,
    path: "accessConfig.authenticationMode",
    what: "the way in",
    why: "who has gone over to access entries cannot go back",
  },
  {
    type: CLUSTER,
    path: "deletionProtection",
    what: "AWS's protection from being deleted",
    why: "the next destroy is not stopped",
    holds: (before, after) => before === true && after !== true,
  },
];

function oneWays({ type, name, before, after }: Step): string[] {
  return ONE_WAYS.filter((one) => one.type === type).flatMap(({ path, what, why, holds = () => true }) => {
    const [one, other] = [valueAt(before, path), valueAt(after, path)];
    if (JSON.stringify(one) === JSON.stringify(other) || !holds(one, other)) return [];
    return [`${name} goes one way: ${what} ${inWords(one)} => ${inWords(other)}; ${why}`];
  });
}

/** A scheme cannot be changed: the controller makes another load balancer, whose name is another. */
function newLoadBalancers({ type, name, before, after }: Step): string[] {
  const [one, other] = [before, after].map((inputs) => gatewaysBehindLoadBalancers([{ type, name, inputs }])[0]);
  if (!one || !other || one.isInternetFacing === other.isInternetFacing) return [];
  return [
    `${name} gets another load balancer with another DNS name, ${other.isInternetFacing ? "on the internet" : "an internal one"}`,
  ];
}

/** A value in a few words: what is long, or blinded, is not shown. */
function inWords(value: unknown): string {
  if (value === undefined || value === null) return "none";
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? `${value}` : "set";
}
