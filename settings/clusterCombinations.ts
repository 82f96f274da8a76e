import type { Path, Finding } from "../lib/schema/problems";
import { applicationsOf } from "./combinations";
import { mapOf, listOf, type Untrusted } from "../lib/untrusted";

/** Rules about the cluster and what is to run in it. As in `combinations`, nothing is taken for granted. */
export function* clusterCombinations(settings: unknown): Iterable<Finding> {
  const stack = mapOf(settings);
  const { eks } = mapOf(stack.cluster);
  yield* canaryNamespaces(stack);
  yield* tlsTwice(stack);
  if (eks === undefined) return;
  yield* controllers(stack, mapOf(eks));
  yield* taintedGroups(mapOf(eks));
  yield* internetFacing(stack, mapOf(eks));
  if (stack.profile === "production") yield* production(mapOf(eks));
}

function* controllers(stack: Untrusted, eks: Untrusted): Iterable<Finding> {
  const { controller } = mapOf(mapOf(mapOf(stack.istio).ingressGateway).nlb);
  const own = controllerOf(eks);
  if (controller === undefined || controller === own) return;
  const reason = `must be ${own}, which this cluster has; leave it out`;
  yield { path: ["istio", "ingressGateway", "nlb", "controller"], reason };
}

/** What makes load balancers in a cluster of these settings. */
export function controllerOf(eks: { readonly nodes?: unknown }) {
  return eks.nodes === "auto-mode" ? "eks-auto-mode" : "aws-load-balancer-controller";
}

function* internetFacing(stack: Untrusted, eks: Untrusted): Iterable<Finding> {
  const { scheme } = mapOf(mapOf(mapOf(stack.istio).ingressGateway).nlb);
  if (scheme !== "internet-facing" || mapOf(eks.network).nat !== "none") return;
  const reason =
    "must be internal, or mesh:cluster.eks.network.nat one or per-zone: with nat: none there are no public subnets";
  yield { path: ["istio", "ingressGateway", "nlb", "scheme"], reason };
}

/** Names, metrics, the mesh and the applications tolerate no taint. */
function* taintedGroups({ nodes }: Untrusted): Iterable<Finding> {
  const groups = nodes === "auto-mode" ? [] : Object.values(mapOf(nodes)).map(mapOf);
  if (groups.length === 0 || !groups.every(isTainted)) return;
  const reason =
    "must have a group without taints, or with the effect PreferNoSchedule alone: CoreDNS and all else that runs in the cluster find no place on the others";
  yield { path: ["cluster", "eks", "nodes"], reason };
}

/** Whether pods that say nothing of it are kept away. */
const isTainted = ({ taints }: Untrusted): boolean =>
  listOf(taints)
    .map(mapOf)
    .some(({ effect }) => effect === "NoSchedule" || effect === "NoExecute");

function* production(eks: Untrusted): Iterable<Finding> {
  const path: Path = ["cluster", "eks"];
  if (eks.nodes === "auto-mode") return;
  const groups = Object.values(mapOf(eks.nodes)).map(mapOf);
  // Where every group is tainted, that is what has to be said.
  if (groups.length === 0 || groups.every(isTainted)) return;
  const lasting = groups.filter((group) => group.capacity !== "spot" && !isTainted(group));
  if (lasting.some(({ min }) => typeof min !== "number" || min >= 2)) return;
  const reason =
    "must have a group of two on-demand nodes or more, without taints, in the production profile: istiod and the gateways do not survive the loss of their only node";
  yield { path: [...path, "nodes"], reason };
}

/** A load balancer that ends TLS sends plain HTTP: a gateway that waits for TLS there gets none. */
function* tlsTwice(stack: Untrusted): Iterable<Finding> {
  const { certificates } = mapOf(mapOf(mapOf(stack.istio).ingressGateway).nlb);
  if (certificates === undefined) return;
  const reason =
    "has no place beside mesh:istio.ingressGateway.nlb.certificates: TLS ends at the load balancer; leave one of them out";
  for (const [path, setting] of tlsAtGateway(stack)) if (setting !== undefined) yield { path, reason };
}

/** The settings by which the gateway asks for TLS on its port 443. */
function* tlsAtGateway(stack: Untrusted): Iterable<readonly [Path, unknown]> {
  yield [["bookinfo", "tls"], mapOf(stack.bookinfo).tls];
  yield [["observability", "exposure"], mapOf(stack.observability).exposure];
  for (const [name, application] of Object.entries(mapOf(stack.applications))) {
    yield [["applications", name, "exposure", "tls"], mapOf(mapOf(application).exposure).tls];
  }
  for (const [host, rules] of Object.entries(mapOf(stack.traffic))) {
    const { exposure, ingress } = mapOf(rules);
    yield [["traffic", host, "exposure", "tls"], mapOf(exposure).tls];
    const { className = "istio", secretName } = mapOf(ingress);
    if (className === "istio") yield [["traffic", host, "ingress", "secretName"], secretName];
  }
}

function* canaryNamespaces(stack: Untrusted): Iterable<Finding> {
  const { namespaces } = mapOf(mapOf(stack.istio).canary);
  if (!Array.isArray(namespaces)) return;
  const known = new Set([...applicationsOf(stack)].map(({ namespace }) => namespace));
  for (const [index, name] of namespaces.entries()) {
    if (typeof name !== "string" || known.has(name)) continue;
    const reason = "is no namespace of this stack: name that of one of its applications";
    yield { path: ["istio", "canary", "namespaces", index], reason };
  }
}
