// Load balancers that Services bring with them: in AWS's plugin there is none of them.
import { listOf, mapOf, type Untrusted } from "../../lib/untrusted.ts";
import { valueAt } from "./events.ts";

export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Untrusted | undefined;
}

export interface LoadBalancer {
  /** The resource that brings it. */
  readonly name: string;
  /** Whether it says that the internet may reach it. Without a word, AWS makes an internal one. */
  readonly isInternetFacing: boolean;
  /** Whether it has addresses of IPv6 beside those of IPv4. */
  readonly hasIpv6: boolean;
  /** Whether it is one of AWS: who reaches one of another cloud, its cluster decides. */
  readonly isOfAws: boolean;
  readonly ports: readonly number[];
  /** Ranges that may call; everyone where there is none. */
  readonly from: readonly string[];
  /** The label `istio` of the gateway's pods, by which Istio's Gateways choose it. */
  readonly label: string;
}

const IP_ADDRESS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-ip-address-type";
const SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
/** The chart by its name, in a registry or in a folder: `oci://registry.example.com/charts/gateway`, `charts/gateway-1.31.1.tgz`. */
const GATEWAY = /(^|\/)gateway(-\d[^/]*\.tgz)?$/;
/** Those of Istio's chart, where nobody names any. */
const CHART_PORTS = [15021, 80, 443];

/** The load balancers of Services, and of Releases of Istio's gateway chart. */
export function gatewaysBehindLoadBalancers(resources: readonly Resource[]): LoadBalancer[] {
  return resources.flatMap(({ type, name, inputs }): LoadBalancer[] => {
    if (type === "kubernetes:core/v1:Service") {
      const spec = mapOf(inputs?.spec);
      const { labels, annotations } = mapOf(inputs?.metadata);
      return spec.type === "LoadBalancer" ? [loadBalancer(name, { ...spec, annotations }, labels, [])] : [];
    }
    const { chart, name: release, values } = mapOf(inputs);
    if (type !== "kubernetes:helm.sh/v3:Release" || typeof chart !== "string" || !GATEWAY.test(chart)) return [];
    const { service, labels } = mapOf(values);
    // A balancer is what the chart makes without a word.
    const { type: kind = "LoadBalancer" } = mapOf(service);
    const own = { istio: typeof release === "string" ? release.replace(/^istio-/, "") : "", ...mapOf(labels) };
    return kind === "LoadBalancer" ? [loadBalancer(name, mapOf(service), own, CHART_PORTS)] : [];
  });
}

function loadBalancer(name: string, service: Untrusted, labels: unknown, defaults: readonly number[]): LoadBalancer {
  const annotations = mapOf(service.annotations);
  const ports = listOf(service.ports).flatMap((port) =>
    typeof mapOf(port).port === "number" ? [mapOf(port).port] : [],
  );
  const { istio } = mapOf(labels);
  return {
    name,
    isInternetFacing: annotations[SCHEME] === "internet-facing",
    hasIpv6: annotations[IP_ADDRESS_TYPE] === "dualstack",
    isOfAws:
      typeof service.loadBalancerClass === "string" ||
      Object.keys(annotations).some((key) => key.includes("aws-load-balancer")),
    ports: ports.length > 0 ? (ports as number[]) : defaults,
    from: listOf(service.loadBalancerSourceRanges).map(String),
    label: typeof istio === "string" ? istio : "",
  };
}

/** The hosts that Istio's Gateways serve behind a load balancer. */
export const hostsBehind = ({ label }: LoadBalancer, resources: readonly Resource[]): string[] => [
  ...new Set(
    resources
      .filter(({ type }) => /^kubernetes:networking\.istio\.io\/[^:]+:Gateway$/.test(type))
      .filter(({ inputs }) => valueAt(inputs, "spec.selector.istio") === label)
      .flatMap(({ inputs }) => listOf(valueAt(inputs, "spec.servers")))
      .flatMap((server) => listOf(mapOf(server).hosts))
      .map(String),
  ),
];
