import type { Path } from "../lib/schema/problems.ts";
import { applicationsOf, fields, list, type Conflict, type Fields } from "./combinations.ts";

/** Rules about the cluster and what is to run in it. As in `combinations`, nothing is taken for granted. */
export function* clusterCombinations(settings: unknown): Iterable<Conflict> {
  const stack = fields(settings);
  const { eks } = fields(stack.cluster);
  yield* canaryNamespaces(stack);
  yield* tlsTwice(stack);
  if (eks === undefined) return;
  yield* controllers(stack, fields(eks));
  yield* taintedGroups(fields(eks));
  yield* internetFacing(stack, fields(eks));
  if (stack.profile === "production") yield* production(fields(eks));
}

function* controllers(stack: Fields, eks: Fields): Iterable<Conflict> {
  const { controller } = fields(fields(fields(stack.istio).ingressGateway).nlb);
  const own = controllerOf(eks);
  if (controller === undefined || controller === own) return;
  const reason = `must be ${own}, which this cluster has; leave it out`;
  yield { path: ["istio", "ingressGateway", "nlb", "controller"], reason };
}

/** What makes load balancers in a cluster of these settings. */
export function controllerOf(eks: { readonly nodes?: unknown }) {
  return eks.nodes === "auto-mode" ? "eks-auto-mode" : "aws-load-balancer-controller";
}

function* internetFacing(stack: Fields, eks: Fields): Iterable<Conflict> {
  const { scheme } = fields(fields(fields(stack.istio).ingressGateway).nlb);
  if (scheme !== "internet-facing" || fields(eks.network).nat !== "none") return;
  const reason =
    "must be internal, or mesh:cluster.eks.network.nat one or per-zone: with nat: none there are no public subnets";
  yield { path: ["istio", "ingressGateway", "nlb", "scheme"], reason };
}

/** Names, metrics, the mesh and the applications tolerate no taint. */
function* taintedGroups({ nodes }: Fields): Iterable<Conflict> {
  const groups = nodes === "auto-mode" ? [] : Object.values(fields(nodes)).map(fields);
  if (groups.length === 0 || !groups.every(isTainted)) return;
  const reason =
    "must have a group without taints, or with the effect PreferNoSchedule alone: CoreDNS and all else that runs in the cluster find no place on the others";
  yield { path: ["cluster", "eks", "nodes"], reason };
}

/** Whether pods that say nothing of it are kept away. */
const isTainted = ({ taints }: Fields): boolean =>
  list(taints)
    .map(fields)
    .some(({ effect }) => effect === "NoSchedule" || effect === "NoExecute");

function* production(eks: Fields): Iterable<Conflict> {
  const path: Path = ["cluster", "eks"];
  if (eks.nodes === "auto-mode") return;
  const groups = Object.values(fields(eks.nodes)).map(fields);
  // Where every group is tainted, that is what has to be said.
  if (groups.length === 0 || groups.every(isTainted)) return;
  const lasting = groups.filter((group) => group.capacity !== "spot" && !isTainted(group));
  if (lasting.some(({ min }) => typeof min !== "number" || min >= 2)) return;
  const reason =
    "must have a group of two on-demand nodes or more, without taints, in the production profile: istiod and the gateways do not survive the loss of their only node";
  yield { path: [...path, "nodes"], reason };
}

/** A load balancer that ends TLS sends plain HTTP: a gateway that waits for TLS there gets none. */
function* tlsTwice(stack: Fields): Iterable<Conflict> {
  const { certificates } = fields(fields(fields(stack.istio).ingressGateway).nlb);
  if (certificates === undefined) return;
  const reason =
    "has no place beside mesh:istio.ingressGateway.nlb.certificates: TLS ends at the load balancer; leave one of them out";
  for (const [path, setting] of tlsAtGateway(stack)) if (setting !== undefined) yield { path, reason };
}

/** The settings by which the gateway asks for TLS on its port 443. */
function* tlsAtGateway(stack: Fields): Iterable<readonly [Path, unknown]> {
  yield [["bookinfo", "tls"], fields(stack.bookinfo).tls];
  yield [["observability", "exposure"], fields(stack.observability).exposure];
  for (const [name, application] of Object.entries(fields(stack.applications))) {
    yield [["applications", name, "exposure", "tls"], fields(fields(application).exposure).tls];
  }
  for (const [host, rules] of Object.entries(fields(stack.traffic))) {
    const { exposure, ingress } = fields(rules);
    yield [["traffic", host, "exposure", "tls"], fields(exposure).tls];
    const { className = "istio", secretName } = fields(ingress);
    if (className === "istio") yield [["traffic", host, "ingress", "secretName"], secretName];
  }
}

function* canaryNamespaces(stack: Fields): Iterable<Conflict> {
  const { namespaces } = fields(fields(stack.istio).canary);
  if (!Array.isArray(namespaces)) return;
  const known = new Set([...applicationsOf(stack)].map(({ namespace }) => namespace));
  for (const [index, name] of namespaces.entries()) {
    if (typeof name !== "string" || known.has(name)) continue;
    const reason = "is no namespace of this stack: name that of one of its applications";
    yield { path: ["istio", "canary", "namespaces", index], reason };
  }
}
