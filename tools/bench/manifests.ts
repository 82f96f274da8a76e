import { dump } from "js-yaml";

const NAMESPACES = 50;
const PER_SERVICE = 10;

/** Plain YAML of about so many objects, in the mix of a mesh: each service has versions, routes, a gateway and a policy. */
export function manifests(count: number): string {
  const services = Array.from({ length: Math.ceil(count / PER_SERVICE) }, (_, index) =>
    serviceObjects(`service-${index}`, `team-${index % NAMESPACES}`),
  );
  const objects = [...surroundings(), ...services.flat()];
  return objects.map((object) => dump(object, { noRefs: true })).join("---\n");
}

/** What all services share: their namespaces, and the gateway's pods. */
function surroundings(): object[] {
  const place = "istio-ingress";
  const labels = { istio: "ingressgateway" };
  return [
    ...Array.from({ length: NAMESPACES }, (_, index) => ({
      ...object("v1", "Namespace", `team-${index}`),
      metadata: { name: `team-${index}`, labels: { "istio-injection": "enabled" } },
    })),
    object("v1", "Service", "istio-ingressgateway", place, { selector: labels, ports: [{ name: "http2", port: 80 }] }),
    deployment("istio-ingressgateway", place, labels, "istio-proxy"),
  ];
}

function serviceObjects(name: string, namespace: string): object[] {
  const of = (kind: string, spec: object, id = name) => {
    const group = kind === "AuthorizationPolicy" ? "security" : "networking";
    return object(`${group}.istio.io/v1`, kind, id, namespace, spec);
  };
  const to = (subset: string) => ({ host: name, subset, port: { number: 80 } });
  const versions = ["v1", "v2", "v3"];
  const outside = { host: `${name}.${namespace}.svc.cluster.local`, port: { number: 80 } };
  const share = (subset: string, weight: number) => ({ destination: to(subset), weight });
  return [
    object("v1", "Service", name, namespace, {
      selector: { app: name },
      ports: [
        { name: "http", port: 80, targetPort: 8080 },
        { name: "grpc", port: 9000 },
      ],
    }),
    ...versions.map((version) => deployment(`${name}-${version}`, namespace, { app: name, version })),
    of("DestinationRule", {
      host: outside.host,
      trafficPolicy: { outlierDetection: { consecutive5xxErrors: 7, interval: "5s", baseEjectionTime: "15s" } },
      subsets: versions.map((version) => ({ name: version, labels: { version } })),
    }),
    of("VirtualService", {
      hosts: [name],
      http: [
        { match: [{ headers: { "end-user": { exact: "jason" } } }], route: [{ destination: to("v2") }] },
        { route: [share("v1", 90), share("v3", 10)], timeout: "5s", retries: { attempts: 3, perTryTimeout: "2s" } },
      ],
    }),
    of("Gateway", {
      selector: { istio: "ingressgateway" },
      servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: [`${namespace}/${name}.example.com`] }],
    }),
    of(
      "VirtualService",
      { hosts: [`${name}.example.com`], gateways: [name], http: [{ route: [{ destination: outside }] }] },
      `${name}-outside`,
    ),
    of("AuthorizationPolicy", {
      selector: { matchLabels: { app: name } },
      rules: [
        {
          from: [{ source: { principals: [`cluster.local/ns/${namespace}/sa/default`] } }],
          to: [{ operation: { methods: ["GET", "POST"], paths: ["/api/*"] } }],
        },
      ],
    }),
    of("ServiceEntry", {
      hosts: [`${name}.partner.example`],
      location: "MESH_EXTERNAL",
      resolution: "DNS",
      ports: [{ number: 443, name: "tls", protocol: "TLS" }],
    }),
  ];
}

function deployment(name: string, namespace: string, labels: object, container = "main"): object {
  const containers = [{ name: container, image: "registry.example/image:1.0.0", ports: [{ containerPort: 8080 }] }];
  const template = { metadata: { labels }, spec: { containers } };
  return object("apps/v1", "Deployment", name, namespace, { selector: { matchLabels: labels }, template });
}

function object(apiVersion: string, kind: string, name: string, namespace?: string, spec?: object): object {
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}
