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
    ...(op === "replace" ? [`${what} is replaced, because ${because.join(", ") || "a required field"} changes`] : []),
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
    why: "encrypted data stays encrypted with that key",
  },
  {
    type: CLUSTER,
    path: "computeConfig.enabled",
    what: "Auto Mode",
    why: "AWS then manages nodes, the network plugin and load balancers",
    holds: (before, after) => (before === true) !== (after === true),
  },
  {
    type: CLUSTER,
    path: "kubernetesNetworkConfig.ipFamily",
    what: "the IP family",
    why: "it is fixed when the cluster is created",
  },
  {
    type: CLUSTER,
    path: "accessConfig.authenticationMode",
    what: "the authentication mode",
    why: "after you switch to access entries, you cannot switch back",
  },
  {
    type: CLUSTER,
    path: "deletionProtection",
    what: "AWS deletion protection",
    why: "the next destroy will delete the cluster",
    holds: (before, after) => before === true && after !== true,
  },
];

function oneWays({ type, name, before, after }: Step): string[] {
  return ONE_WAYS.filter((one) => one.type === type).flatMap(({ path, what, why, holds = () => true }) => {
    const [one, other] = [valueAt(before, path), valueAt(after, path)];
    if (JSON.stringify(one) === JSON.stringify(other) || !holds(one, other)) return [];
    return [`${name} changes irreversibly: ${what} ${inWords(one)} => ${inWords(other)}; ${why}`];
  });
}

/** A scheme cannot be changed: the controller makes another load balancer, whose name is another. */
function newLoadBalancers({ type, name, before, after }: Step): string[] {
  const [one, other] = [before, after].map((inputs) => gatewaysBehindLoadBalancers([{ type, name, inputs }])[0]);
  if (!one || !other || one.isInternetFacing === other.isInternetFacing) return [];
  return [
    `${name} gets a new load balancer with a new DNS name, ${other.isInternetFacing ? "internet-facing" : "internal"}`,
  ];
}

/** A value in a few words: what is long, or blinded, is not shown. */
function inWords(value: unknown): string {
  if (value === undefined || value === null) return "none";
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? `${value}` : "set";
}
