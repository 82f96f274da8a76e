import { gatewayServesTls } from "../../../../policies/rules/gateway/gateway-serves-tls.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const gateway = (...servers: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name: "entry", namespace: "bookinfo" },
  spec: { selector: { istio: "ingressgateway" }, servers },
});
const server = (protocol: unknown, tls?: unknown) => ({
  port: { number: 80, name: "entry", protocol },
  hosts: ["shop.example.com"],
  ...(tls !== undefined && { tls }),
});
const aws = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
const certificate = { [aws("ssl-cert")]: "arn:aws:acm:eu-central-1:123456789012:certificate/1" };
const release = (annotations: object, ports: unknown[], name = "istio-ingressgateway"): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name, namespace: "istio-system", chart: "gateway", values: { service: { annotations, ports } } },
});
const service = (type: string, annotations: object = {}): Manifest => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "second", namespace: "istio-system", annotations },
  spec: { type, selector: { istio: "ingressgateway" }, ports: [{ name: "http", port: 80, targetPort: 80 }] },
});
const https = { name: "https", port: 443, targetPort: 80 };
const http = { name: "http", port: 80, targetPort: 80 };
const plain = gateway(server("HTTP"));
const here = "0 spec.servers[0].port.protocol";

describeRule(gatewayServesTls, {
  accepts: {
    HTTPS: [gateway(server("HTTPS", { mode: "SIMPLE", credentialName: "shop" }))],
    "what is passed through": [gateway(server("TLS", { mode: "PASSTHROUGH" }))],
    "a redirect beside it": [gateway(server("HTTP", { httpsRedirect: true }), server("HTTPS", { mode: "SIMPLE" }))],
    TCP: [gateway(server("TCP"))],
    "TLS that ends at the load balancer": [plain, release({ ...certificate, [aws("ssl-ports")]: "443" }, [https])],
    "TLS at all of its ports": [plain, release(certificate, [https])],
    "TLS at a port by its name": [plain, release({ ...certificate, [aws("ssl-ports")]: "a, https" }, [https])],
    "a Service inside beside it": [plain, release(certificate, [https]), service("ClusterIP")],
  },
  refuses: {
    HTTP: [[plain], here],
    "http in small letters": [[gateway(server("http2"))], here],
    "a redirect that is turned off": [[gateway(server("HTTP", { httpsRedirect: false }))], here],
    "the second server": [[gateway(server("HTTPS"), server("GRPC"))], "0 spec.servers[1].port.protocol"],
    "a load balancer without a certificate": [[plain, release({}, [https])], here],
    "a load balancer with a second port": [
      [plain, release({ ...certificate, [aws("ssl-ports")]: "443" }, [https, http])],
      here,
    ],
    "a second load balancer": [[plain, release(certificate, [https]), service("LoadBalancer")], here],
    "the load balancer of another gateway": [[plain, release(certificate, [https], "istio-egressgateway")], here],
    "a load balancer before another port": [
      [plain, release(certificate, [{ name: "https", port: 443, targetPort: 8443 }])],
      here,
    ],
    "a Service inside alone": [[plain, service("ClusterIP")], here],
  },
  waits: {
    "a computed redirect": [
      [gateway(server("HTTP", { httpsRedirect: unknown.text }))],
      "0 spec.servers[0].tls.httpsRedirect",
    ],
  },
});
