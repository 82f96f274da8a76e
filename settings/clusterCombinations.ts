import { EGRESS_NAMESPACE, INGRESS_NAMESPACE } from "../components/istio/namespace.ts";
import { RATE_LIMIT_NAMESPACE } from "../components/traffic/rateLimit/service/serviceOptions.ts";
import { list } from "../lib/list.ts";
import type { Path, Finding } from "../lib/schema/problems.ts";
import type { Draft } from "./draft.ts";
import { hasMeshLimit } from "./rateLimits.ts";
import { mapOf, listOf, type Untrusted } from "../lib/untrusted.ts";

/** Rules about the cluster and what is to run in it. */
export function* clusterCombinations(draft: Draft): Iterable<Finding> {
  const { eks } = draft;
  yield* canaryNamespaces(draft);
  yield* tlsTwice(draft);
  if (eks === undefined) return;
  yield* controllers(draft, eks);
  yield* taintedGroups(eks);
  yield* internetFacing(draft, eks);
  if (draft.isProduction) yield* production(eks);
}

function* controllers({ nlb: { controller } }: Draft, eks: Untrusted): Iterable<Finding> {
  const own = controllerOf(eks);
  if (controller === undefined || controller === own) return;
  const reason = `must be ${own}, which this cluster has; leave it out`;
  yield { path: ["istio", "ingressGateway", "nlb", "controller"], reason };
}

/** What makes load balancers in a cluster of these settings. */
export function controllerOf(eks: { readonly nodes?: unknown }) {
  return eks.nodes === "auto-mode" ? "eks-auto-mode" : "aws-load-balancer-controller";
}

function* internetFacing({ nlb: { scheme } }: Draft, eks: Untrusted): Iterable<Finding> {
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
function* tlsTwice(draft: Draft): Iterable<Finding> {
  if (draft.nlb.certificates === undefined) return;
  const reason =
    "has no place beside mesh:istio.ingressGateway.nlb.certificates: TLS ends at the load balancer; leave one of them out";
  for (const path of tlsAtGateway(draft)) yield { path, reason };
}

/** The settings by which the gateway asks for TLS on its port 443. */
function* tlsAtGateway(draft: Draft): Iterable<Path> {
  if (draft.section("observability").exposure !== undefined) yield ["observability", "exposure"];
  for (const { path, tls } of draft.openings) if (tls !== undefined) yield [...path, "tls"];
  for (const [host, args] of Object.entries(draft.section("traffic"))) {
    const { className = "istio", secretName } = mapOf(mapOf(args).ingress);
    if (className === "istio" && secretName !== undefined) yield ["traffic", host, "ingress", "secretName"];
  }
}

/** Namespaces of the stack that move to another control plane, in the order in which they do: gateways come last. */
export function movedNamespaces(draft: Draft): readonly string[] {
  const hasEgress = mapOf(draft.section("istio").egressGateway).enabled !== false;
  return [
    ...draft.namespaces,
    ...(hasMeshLimit(draft) ? [RATE_LIMIT_NAMESPACE] : []),
    INGRESS_NAMESPACE,
    ...(hasEgress ? [EGRESS_NAMESPACE] : []),
  ];
}

function* canaryNamespaces(draft: Draft): Iterable<Finding> {
  const { namespaces } = mapOf(draft.section("istio").canary);
  const all = movedNamespaces(draft);
  // Those of applications are values of the stack file, which no message quotes.
  const others = all.filter((name) => !draft.namespaces.includes(name));
  const reason = `is no namespace of this stack: name Bookinfo's, that of one of its applications, or ${list(others, "or")}`;
  for (const [index, name] of listOf(namespaces).entries()) {
    if (typeof name !== "string" || all.includes(name)) continue;
    yield { path: ["istio", "canary", "namespaces", index], reason };
  }
}
