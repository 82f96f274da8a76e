import type { ClusterArgs } from "../components/cluster/openCluster.ts";
import { defaultClusterName } from "../components/cluster/eks/schema/clusterName.ts";
import { controllerOf } from "./clusterCombinations.ts";
import type { ParsedSettings } from "./schema.ts";

/** The settings of a stack, with what follows from the cluster and from the stack itself. */
export type Settings = Omit<ParsedSettings, "cluster"> & { readonly cluster: ClusterArgs };

/** Where the settings come from. */
export interface Origin {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
}

/** Fills in what the stack file left to its cluster, its region and its name. */
export function resolved(
  { cluster, istio, ...settings }: ParsedSettings,
  { project, stack, region }: Origin,
): Settings {
  const { eks, stackReference, ...existing } = cluster;
  if (eks) {
    const { name = defaultClusterName(project, stack), ...args } = eks;
    const { ipFamily } = args.network ?? {};
    const balanced = { ...(ipFamily && { ipFamily }), ...withLoadBalancer(istio, controllerOf(eks)) };
    return { ...settings, istio: balanced, cluster: { eks: { ...args, cluster: name, region } } };
  }
  if (stackReference !== undefined) {
    const balanced = withLoadBalancer(istio, "aws-load-balancer-controller");
    return { ...settings, istio: balanced, cluster: { stackReference } };
  }
  return { ...settings, istio, cluster: existing };
}

/** A gateway on EKS has a Network Load Balancer; without a class it would be a Classic one, or none. */
function withLoadBalancer(
  istio: ParsedSettings["istio"],
  controller: ReturnType<typeof controllerOf>,
): ParsedSettings["istio"] {
  const { ingressGateway } = istio;
  if (ingressGateway.type !== "LoadBalancer") return istio;
  return { ...istio, ingressGateway: { ...ingressGateway, nlb: { controller, ...ingressGateway.nlb } } };
}
