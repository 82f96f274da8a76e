import type { IpFamily } from "../ipFamily.ts";
import { drainOf, drainValues } from "./drain.ts";
import { DECRYPTED_PORT } from "./tlsBeforeGateway.ts";
import type { Values } from "./values.ts";

/** What makes Network Load Balancers in a cluster: the controller of the chart, or EKS Auto Mode. */
export const loadBalancerControllers = ["aws-load-balancer-controller", "eks-auto-mode"] as const;
export type LoadBalancerControllerName = (typeof loadBalancerControllers)[number];

/** How the gateway learns who calls. */
export const clientIpModes = ["preserve", "proxy-protocol", "none"] as const;
export type ClientIpMode = (typeof clientIpModes)[number];

/** What clients reach a load balancer by: IPv4 alone, or both. */
export const ipAddressTypes = ["ipv4", "dualstack"] as const;
export type IpAddressType = (typeof ipAddressTypes)[number];

/** What a client may speak in TLS that ends at the load balancer. */
export const alpnPolicies = ["HTTP2Preferred", "HTTP2Optional", "HTTP2Only", "HTTP1Only", "None"] as const;
export type AlpnPolicy = (typeof alpnPolicies)[number];

/**
 * A Network Load Balancer of AWS before a gateway.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export interface NetworkLoadBalancer {
  /**
   * What makes it. The class of a Service cannot change: to go from one to the other, replace the gateway's Release.
   * @default "aws-load-balancer-controller"
   */
  readonly controller?: LoadBalancerControllerName;

  /**
   * Whether the internet reaches it, or only networks that are connected to the VPC.
   * @default "internal"
   */
  readonly scheme?: "internal" | "internet-facing";

  /**
   * Whether clients may come by IPv6 as well. Its subnets need IPv6 ranges then; without IPv6 on its side, it reaches no pods
   * that have nothing else.
   * @default - `dualstack` where pods have IPv6 addresses, else `ipv4`
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * Ranges that may call; those of IPv6 need `dualstack`.
   * @default - everyone who reaches it
   */
  readonly sourceRanges?: readonly string[];

  /**
   * `preserve`: packets come with the client's address, if that is of the pods' family. A pod that calls its own gateway through the load balancer gets no
   * answer then. `proxy-protocol`: the address stands before the first byte, which every client of the gateway has to
   * send, those inside the cluster too. `none`: the gateway sees the load balancer.
   * @default "preserve"
   */
  readonly clientIp?: ClientIpMode;

  /**
   * Whether each address of the load balancer sends to pods in every zone; AWS charges for what crosses zones.
   * @default true
   */
  readonly crossZone?: boolean;

  /**
   * ARNs of ACM certificates, with which TLS ends at the load balancer; the gateway then gets plain HTTP on its port 80
   * from it, takes it for `https`, and the load balancer has port 443 alone.
   * @default - TLS ends at the gateway, by a Secret
   */
  readonly certificates?: readonly string[];

  /**
   * What clients may negotiate, where TLS ends at the load balancer.
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
   */
  readonly tlsPolicy?: string;

  /**
   * What clients may agree on with the load balancer, where TLS ends there; the gateway understands all of it. gRPC needs
   * HTTP/2, and some of its clients refuse TLS without this agreement.
   * @default "HTTP2Preferred"
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html#alpn-policies
   */
  readonly alpn?: AlpnPolicy;

  /**
   * Bucket for access logs. AWS writes them for TLS connections alone, so they need `certificates`; the bucket's policy
   * has to let it.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
   */
  readonly accessLogs?: {
    /** Name of the S3 bucket. */
    readonly bucket: string;
    /**
     * What the names of the logs begin with.
     * @default - nothing
     */
    readonly prefix?: string;
  };
}

const CLASSES: Readonly<Record<LoadBalancerControllerName, string>> = {
  "aws-load-balancer-controller": "service.k8s.aws/nlb",
  "eks-auto-mode": "eks.amazonaws.com/nlb",
};

/**
 * Label of a namespace in which a pod counts as ready only once its load balancer finds it healthy, so that no rollout
 * of a gateway goes on before the new pods get traffic.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
export function readinessGateLabel({ controller = "aws-load-balancer-controller" }: NetworkLoadBalancer) {
  const group = controller === "eks-auto-mode" ? "eks.amazonaws.com" : "elbv2.k8s.aws";
  return { [`${group}/pod-readiness-gate-inject`]: "enabled" };
}

/**
 * Seconds for which the load balancer may still send to a pod that goes. It has been seen to open connections for up to 180
 * after it was told to leave a target, whatever its deregistration delay; 300 let requests that came last run two minutes.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
 */
export const MAY_STILL_SEND = 300;

/** The values of the chart `gateway` for its Service and pods. */
export function networkLoadBalancerValues(balancer: NetworkLoadBalancer, ipFamily: IpFamily = "ipv4"): Values {
  const { controller = "aws-load-balancer-controller", sourceRanges = [], clientIp = "preserve" } = balancer;
  return {
    service: {
      loadBalancerClass: CLASSES[controller],
      // Packets go to pods, not to ports of nodes.
      allocateLoadBalancerNodePorts: false,
      ...(sourceRanges.length > 0 && { loadBalancerSourceRanges: [...sourceRanges] }),
      ports: ports(balancer),
      annotations: annotations(balancer, ipFamily),
    },
    ...drainValues(
      drainOf(MAY_STILL_SEND),
      clientIp === "proxy-protocol" ? { gatewayTopology: { proxyProtocol: {} } } : {},
    ),
  };
}

/** Each is a listener of the load balancer; health checks go past them. */
function ports({ certificates = [] }: NetworkLoadBalancer) {
  const port = (name: string, number: number, targetPort: number) => ({
    name,
    port: number,
    targetPort,
    protocol: "TCP",
  });
  // Plain HTTP beside TLS that ends before the gateway could not be redirected: the gateway cannot tell the two apart.
  return certificates.length > 0
    ? [port("https", 443, DECRYPTED_PORT)]
    : [port("http2", 80, 80), port("https", 443, 443)];
}

function annotations(balancer: NetworkLoadBalancer, ipFamily: IpFamily): Record<string, string> {
  const { scheme = "internal", clientIp = "preserve", crossZone = true, certificates = [], accessLogs } = balancer;
  const { ipAddressType = ipFamily === "ipv6" ? "dualstack" : "ipv4" } = balancer;
  const { tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", alpn = "HTTP2Preferred" } = balancer;
  const settings: Record<string, string> = {
    scheme,
    // The other type is the controller's own default.
    ...(ipAddressType === "dualstack" && { "ip-address-type": ipAddressType }),
    "nlb-target-type": "ip",
    ...healthCheck(clientIp),
    attributes: attributes({
      "load_balancing.cross_zone.enabled": String(crossZone),
      ...(accessLogs && {
        "access_logs.s3.enabled": "true",
        "access_logs.s3.bucket": accessLogs.bucket,
        ...(accessLogs.prefix !== undefined && { "access_logs.s3.prefix": accessLogs.prefix }),
      }),
    }),
    "target-group-attributes": attributes({
      "preserve_client_ip.enabled": String(clientIp === "preserve"),
      "deregistration_delay.timeout_seconds": String(MAY_STILL_SEND),
      ...(clientIp === "proxy-protocol" && { "proxy_protocol_v2.enabled": "true" }),
    }),
    ...(certificates.length > 0 && {
      "ssl-cert": certificates.join(","),
      "ssl-ports": "443",
      "ssl-negotiation-policy": tlsPolicy,
      "alpn-policy": alpn,
    }),
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`service.beta.kubernetes.io/aws-load-balancer-${key}`, value]),
  );
}

/** Envoy's own readiness. With the PROXY protocol the check speaks it too, which that port does not understand. */
function healthCheck(clientIp: ClientIpMode): Record<string, string> {
  return {
    "healthcheck-port": "15021",
    ...(clientIp === "proxy-protocol"
      ? { "healthcheck-protocol": "tcp" }
      : { "healthcheck-protocol": "http", "healthcheck-path": "/healthz/ready" }),
    "healthcheck-interval": "10",
    "healthcheck-healthy-threshold": "2",
    "healthcheck-unhealthy-threshold": "2",
  };
}

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
