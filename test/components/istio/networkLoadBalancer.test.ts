import { describe, expect, it } from "vitest";
import { gatewayValues } from "../../../components/istio/gatewayValues.ts";
import { readinessGateLabel, type NetworkLoadBalancer } from "../../../components/istio/networkLoadBalancer.ts";
import { find, hasCharts, render } from "../../charts.ts";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";
const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";

interface GatewayService {
  readonly loadBalancerClass: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly port: number; readonly targetPort: number }[];
}

const values = (nlb: NetworkLoadBalancer, more: object = {}) =>
  gatewayValues({
    name: "istio-ingressgateway",
    type: "LoadBalancer",
    inbound: true,
    profile: "production",
    nlb,
    ...more,
  });
const serviceOf = (nlb: NetworkLoadBalancer) => values(nlb).service as GatewayService;
const annotationsOf = (nlb: NetworkLoadBalancer) =>
  Object.fromEntries(
    Object.entries(serviceOf(nlb).annotations).map(([key, value]) => [key.replace(PREFIX, ""), value]),
  );
const proxyConfigOf = (nlb: NetworkLoadBalancer) => {
  const { podAnnotations } = values(nlb) as { podAnnotations: Record<string, string> };
  return JSON.parse(podAnnotations["proxy.istio.io/config"] ?? "") as object;
};

describe("a gateway's Network Load Balancer", () => {
  it("is a Network Load Balancer from the start, internal unless it says otherwise (istio#35490)", () => {
    expect(serviceOf({}).loadBalancerClass).toBe("service.k8s.aws/nlb");
    expect(serviceOf({ controller: "eks-auto-mode" }).loadBalancerClass).toBe("eks.amazonaws.com/nlb");
    expect(annotationsOf({}).scheme).toBe("internal");
    expect(annotationsOf({ scheme: "internet-facing" }).scheme).toBe("internet-facing");
  });

  it("has addresses of IPv6 where pods have them, or where it is told to, and else none", () => {
    const typeOf = (nlb: NetworkLoadBalancer, more: object = {}) =>
      (values(nlb, more).service as GatewayService).annotations[`${PREFIX}ip-address-type`];
    expect(typeOf({})).toBeUndefined();
    expect(typeOf({ ipAddressType: "ipv4" })).toBeUndefined();
    expect(typeOf({ ipAddressType: "dualstack" })).toBe("dualstack");
    for (const scheme of ["internal", "internet-facing"] as const) {
      expect(typeOf({ scheme }, { ipFamily: "ipv6" }), scheme).toBe("dualstack");
    }
  });

  it("sends to pods that Envoy itself calls ready, in every zone (istio#48492)", () => {
    expect(annotationsOf({})).toMatchObject({
      "nlb-target-type": "ip",
      "healthcheck-protocol": "http",
      "healthcheck-port": "15021",
      "healthcheck-path": "/healthz/ready",
      attributes: "load_balancing.cross_zone.enabled=true",
    });
    expect(annotationsOf({ crossZone: false }).attributes).toBe("load_balancing.cross_zone.enabled=false");
    expect(values({}).service).toMatchObject({ allocateLoadBalancerNodePorts: false });
  });

  it.each([
    ["preserve", "preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=300"],
    ["none", "preserve_client_ip.enabled=false,deregistration_delay.timeout_seconds=300"],
    [
      "proxy-protocol",
      "preserve_client_ip.enabled=false,deregistration_delay.timeout_seconds=300,proxy_protocol_v2.enabled=true",
    ],
  ] as const)("tells the gateway who calls: %s", (clientIp, attributes) => {
    expect(annotationsOf({ clientIp })["target-group-attributes"]).toBe(attributes);
  });

  it("speaks the PROXY protocol to a gateway that expects it, but for its health", () => {
    expect(proxyConfigOf({ clientIp: "proxy-protocol" })).toMatchObject({
      ...proxyConfigOf({}),
      gatewayTopology: { proxyProtocol: {} },
    });
    expect(proxyConfigOf({})).not.toHaveProperty("gatewayTopology");
    const annotations = annotationsOf({ clientIp: "proxy-protocol" });
    expect(annotations).toMatchObject({ "healthcheck-protocol": "tcp" });
    expect(annotations).not.toHaveProperty("healthcheck-path");
  });

  it("has the ports for HTTP and HTTPS alone, not Envoy's own", () => {
    const numbers = serviceOf({}).ports.map(({ port, targetPort }) => [port, targetPort]);
    expect(numbers).toEqual([
      [80, 80],
      [443, 443],
    ]);
  });

  it("ends TLS with a certificate of ACM, and then opens nothing that is not encrypted", () => {
    const nlb = { certificates: [CERTIFICATE], accessLogs: { bucket: "logs", prefix: "mesh" } };
    expect(annotationsOf(nlb)).toMatchObject({
      "ssl-cert": CERTIFICATE,
      "ssl-ports": "443",
      "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      attributes:
        "load_balancing.cross_zone.enabled=true,access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=mesh",
    });
    expect(serviceOf(nlb).ports.map(({ port, targetPort }) => [port, targetPort])).toEqual([[443, 80]]);
    expect(annotationsOf({})).not.toHaveProperty("ssl-cert");
  });

  it("agrees on HTTP/2 with clients that can, where TLS ends there", () => {
    const alpn = (nlb: NetworkLoadBalancer) => annotationsOf(nlb)["alpn-policy"];
    expect(alpn({ certificates: [CERTIFICATE] })).toBe("HTTP2Preferred");
    expect(alpn({ certificates: [CERTIFICATE], alpn: "HTTP1Only" })).toBe("HTTP1Only");
    expect(alpn({})).toBeUndefined();
  });

  it("lets in whom it names", () => {
    expect(values({ sourceRanges: ["198.51.100.0/24"] }).service).toMatchObject({
      loadBalancerSourceRanges: ["198.51.100.0/24"],
    });
  });

  it("gives way to annotations of the stack's own, and keeps its others", () => {
    const { service } = values({}, { annotations: { [`${PREFIX}scheme`]: "internet-facing", "example.com/a": "b" } });
    expect((service as GatewayService).annotations).toMatchObject({
      [`${PREFIX}scheme`]: "internet-facing",
      [`${PREFIX}nlb-target-type`]: "ip",
      "example.com/a": "b",
    });
  });

  it("makes pods wait to be ready until it finds them healthy", () => {
    expect(readinessGateLabel({})).toEqual({ "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" });
    expect(readinessGateLabel({ controller: "eks-auto-mode" })).toEqual({
      "eks.amazonaws.com/pod-readiness-gate-inject": "enabled",
    });
  });

  it.skipIf(!hasCharts)("is what the chart makes of it (needs helm and ISTIO_CHARTS)", () => {
    const all = render(
      "gateway",
      "istio-ingressgateway",
      values({ certificates: [CERTIFICATE], sourceRanges: ["10.0.0.0/8"] }),
    );
    expect(find(all, "Service", "istio-ingressgateway")).toMatchObject({
      metadata: { annotations: { [`${PREFIX}ssl-cert`]: CERTIFICATE } },
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: "service.k8s.aws/nlb",
        allocateLoadBalancerNodePorts: false,
        loadBalancerSourceRanges: ["10.0.0.0/8"],
        ports: [{ name: "https", port: 443, targetPort: 80, protocol: "TCP" }],
      },
    });
    expect(find(all, "Deployment", "istio-ingressgateway")).toMatchObject({
      spec: {
        template: {
          metadata: {
            annotations: { "prometheus.io/port": "15020", "proxy.istio.io/config": expect.any(String) as string },
          },
          spec: { terminationGracePeriodSeconds: 320 },
        },
      },
    });
  });
});
