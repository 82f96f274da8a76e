import type { IpFamily } from "../ipFamily.ts";
import type { Profile } from "../profile.ts";
import { drainOf, drainValues } from "./drain.ts";
import type { ISTIO_NAMESPACE } from "./namespace.ts";
import { networkLoadBalancerValues, type NetworkLoadBalancer } from "./networkLoadBalancer.ts";
import { mergeValues, spread, type ImagesArgs, type Values } from "./values.ts";

/** How a gateway is reached: from outside through a load balancer or a port of every node, or only from inside. */
export const gatewayTypes = ["LoadBalancer", "NodePort", "ClusterIP"] as const;
export type GatewayType = (typeof gatewayTypes)[number];

/** How many pods a gateway runs; at most one of the two. */
export interface GatewayScale {
  /**
   * A fixed number of pods.
   * @default - 1 in the demo profile, `autoscaling` in the production profile
   */
  readonly replicas?: number;

  /**
   * Follows the load, at 80 % of the requested CPU; needs metrics-server.
   * @default - none in the demo profile, 2 to 10 in the production profile
   */
  readonly autoscaling?: {
    /** The fewest pods. */
    readonly min: number;
    /** The most pods. */
    readonly max: number;
  };
}

/** How a gateway leaves the namespace that it once shared with the control plane. */
export interface GatewayMove {
  /**
   * Runs the gateway of old beside the new one, as it was, until whoever calls it has moved. Without it, the old one goes
   * once the new one is ready.
   * @default - there is none
   */
  readonly alsoIn?: typeof ISTIO_NAMESPACE;
}

/** The gateway through which requests come in. */
export interface IngressGatewayArgs extends GatewayScale, GatewayMove {
  /**
   * How the gateway is reached.
   * @default "LoadBalancer"
   */
  readonly type?: GatewayType;

  /**
   * Ports of every node, for type NodePort.
   * @default - chosen by Kubernetes
   */
  readonly nodePorts?: {
    /**
     * The one that leads to port 80.
     * @default - chosen by Kubernetes
     */
    readonly http?: number;
    /**
     * The one that leads to port 443.
     * @default - chosen by Kubernetes
     */
    readonly https?: number;
  };

  /** Annotations of the Service, by which clouds configure their load balancers; they win over those of `nlb`. */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * A Network Load Balancer of AWS, for type LoadBalancer.
   * @default - whatever serves load balancers in the cluster, with its own defaults
   */
  readonly nlb?: NetworkLoadBalancer;
}

/** A gateway as its chart's values need it. */
export interface GatewayArgs extends Omit<IngressGatewayArgs, "type"> {
  /** Name of the release, and of all its objects; without `istio-`, the value of their label `istio`. */
  readonly name: string;
  readonly type: GatewayType;
  /** Whether it takes traffic from outside: then it has ports for health checks and for the tasks of Istio's documentation. */
  readonly inbound: boolean;
  readonly profile: Profile;
  readonly pullPolicy?: ImagesArgs["pullPolicy"];
  /**
   * Revision of the control plane that injects the pods.
   * @default - the one without a revision
   */
  readonly revision?: string;
  /**
   * What pods have addresses of.
   * @default "ipv4"
   */
  readonly ipFamily?: IpFamily;
}

interface Port {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: "TCP";
  readonly nodePort?: number;
}

/** Values of the chart `gateway`, as `istiodValues` does it: only what differs from the chart. */
export function gatewayValues(args: GatewayArgs): Values {
  const { profile, type, annotations, pullPolicy, revision, nlb, ipFamily } = args;
  const ports = nlb ? undefined : portsOf(args);
  return mergeValues(
    profile === "demo" ? smallGateway : highlyAvailableGateway(args.name),
    scale(args),
    nlb ? networkLoadBalancerValues(nlb, ipFamily) : {},
    {
      service: {
        ...(type !== "LoadBalancer" && { type }),
        ...(ports && { ports }),
        ...(annotations && Object.keys(annotations).length > 0 && { annotations }),
      },
      ...(revision !== undefined && { revision }),
      ...(pullPolicy !== undefined && { imagePullPolicy: pullPolicy }),
    },
  );
}

const smallGateway: Values = { resources: { requests: { cpu: "10m", memory: "40Mi" } } };

/** Seconds for which nodes, and load balancers other than AWS's, may still send to a pod that goes. */
const MAY_STILL_SEND = 30;

function highlyAvailableGateway(name: string): Values {
  return {
    podDisruptionBudget: { minAvailable: 1 },
    topologySpreadConstraints: spread({ istio: name.replace(/^istio-/, "") }),
    ...drainValues(drainOf(MAY_STILL_SEND)),
  };
}

function scale({ profile, replicas, autoscaling }: GatewayArgs): Values {
  const range = autoscaling ?? (profile === "production" && replicas === undefined ? { min: 2, max: 10 } : undefined);
  if (range) return { autoscaling: { minReplicas: range.min, maxReplicas: range.max } };
  return {
    autoscaling: { enabled: false },
    ...(replicas !== undefined && replicas !== 1 && { replicaCount: replicas }),
  };
}

/** Ports of the Service, or nothing where the chart's own will do. */
function portsOf({ profile, inbound, nodePorts = {} }: GatewayArgs): readonly Port[] | undefined {
  const isDemo = profile === "demo";
  if (!isDemo && nodePorts.http === undefined && nodePorts.https === undefined) return undefined;
  const port = (name: string, number: number, targetPort = number, nodePort?: number): Port => ({
    name,
    port: number,
    targetPort,
    protocol: "TCP",
    ...(nodePort !== undefined && { nodePort }),
  });
  // The first port is the one by which some load balancers check the health.
  return [
    ...(inbound ? [port("status-port", 15021)] : []),
    port("http2", 80, isDemo ? 8080 : 80, nodePorts.http),
    port("https", 443, isDemo ? 8443 : 443, nodePorts.https),
    ...(inbound && isDemo ? [port("tcp", 31400), port("tls", 15443)] : []),
  ];
}
