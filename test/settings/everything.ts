/** A stack file that uses every setting there is. Not all of them go together, so it is not right as a whole. */
export const everything = {
  profile: "production",
  cluster: { kubeconfig: "~/.kube/config", context: "kind-mesh" },
  istio: {
    version: "1.31.1",
    charts: { repository: "https://charts.example.com", oci: "oci://registry.example.com/charts", folder: "./charts" },
    images: { hub: "registry.example.com/istio", tag: "1.31.1", pullPolicy: "Always" },
    ingressGateway: {
      type: "NodePort",
      nodePorts: { http: 30080, https: 30443 },
      annotations: { "example.com/a": "b" },
      replicas: 2,
      autoscaling: { min: 2, max: 4 },
    },
    egressGateway: { enabled: true, replicas: 2, autoscaling: { min: 2, max: 4 } },
    accessLog: true,
    tracing: { sampling: 10 },
    timeout: "5m",
    values: {
      base: { global: {} },
      istiod: { global: {} },
      ingressGateway: { minReadySeconds: 1 },
      egressGateway: { minReadySeconds: 1 },
    },
  },
  bookinfo: {
    enabled: true,
    namespace: "bookinfo",
    hosts: ["bookinfo.example.com"],
    images: {
      registry: "registry.example.com/bookinfo",
      tag: "1.20.3",
      client: "registry.example.com/curl:8.16.0",
      pullPolicy: "Always",
    },
    client: true,
    ratings: { database: "mysql", password: { secure: "v1:abc" } },
  },
  applications: {
    shop: {
      namespace: "store",
      imagePullPolicy: "Always",
      services: {
        cart: {
          port: 8080,
          protocol: "http",
          healthPath: "/health",
          versions: {
            v1: {
              image: "ghcr.io/acme/cart:1.4.0",
              replicas: 2,
              command: ["cart"],
              args: ["--quiet"],
              env: { COLOUR: "red" },
              secretEnv: { TOKEN: { secure: "v1:abc" } },
              writablePaths: ["/tmp"],
              readOnlyRootFilesystem: true,
              user: 1000,
              requests: { cpu: "100m", memory: "64Mi" },
              limits: { cpu: "1", memory: "128Mi" },
              podAnnotations: { "example.com/a": "b" },
              sidecar: true,
            },
          },
        },
      },
      exposure: { service: "cart", hosts: ["shop.example.com"], paths: [{ exact: "/", prefix: "/cart" }] },
    },
  },
  telemetry: {
    providers: {
      lab: {
        opentelemetry: { service: "collector.lab.svc.cluster.local", port: 4317, path: "/v1/traces" },
        zipkin: { service: "zipkin.lab.svc.cluster.local", port: 9411, path: "/api/v2/spans" },
      },
    },
    mesh: {
      tracing: { enabled: true, provider: "lab", sampling: 10 },
      accessLog: { enabled: true, filter: "response.code >= 400" },
    },
    namespaces: {
      bookinfo: {
        tracing: { enabled: true, provider: "lab", sampling: 10 },
        accessLog: { enabled: true, filter: "response.code >= 400" },
      },
    },
  },
  observability: {
    enabled: true,
    charts: { repository: "https://charts.example.com", oci: "oci://registry.example.com/charts", folder: "./charts" },
    prometheus: {
      enabled: true,
      url: "http://prometheus.monitoring:9090",
      retention: "15d",
      storage: { size: "50Gi", storageClass: "gp3" },
      values: { server: {} },
    },
    grafana: {
      enabled: true,
      user: "admin",
      password: { secure: "v1:abc" },
      anonymous: true,
      dashboards: "https://example.com/dashboards",
      storage: { size: "10Gi", storageClass: "gp3" },
      values: { persistence: {} },
    },
    jaeger: {
      enabled: true,
      maxTraces: 1000,
      retention: "72h",
      storage: { size: "10Gi", storageClass: "gp3" },
      values: { jaeger: {} },
    },
    kiali: { enabled: true, signingKey: { secure: "v1:abc" }, anonymous: true, viewOnly: true, values: { server: {} } },
    exposure: {
      domain: "mesh.example.com",
      credentialName: "addons",
      tools: ["grafana"],
      jwt: {
        issuer: "https://login.example.com",
        jwksUri: "https://login.example.com/keys",
        audiences: ["mesh"],
        cookie: "token",
      },
    },
    timeout: "5m",
  },
};

export type Path = readonly (string | number)[];

/** Every value in it that is no map and no list, by its path. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null || "secure" in value) return [path];
  return childrenOf(value).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

/** Every map in it, by its path. */
export function mapsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null || "secure" in value) return [];
  const inside = childrenOf(value).flatMap(([key, child]) => mapsOf(child, [...path, key]));
  return Array.isArray(value) ? inside : [path, ...inside];
}

/** A copy with another value at the path. */
export function changed<Value>(value: Value, [key, ...rest]: Path, to: unknown): Value {
  if (key === undefined) return to as Value;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string | number, unknown>;
  // Not an assignment, which does not make a key of `__proto__`.
  Object.defineProperty(copy, key, { value: changed(copy[key], rest, to), enumerable: true, writable: true });
  return copy as Value;
}

function childrenOf(value: object): [string | number, unknown][] {
  return Array.isArray(value) ? [...(value as unknown[]).entries()] : Object.entries(value);
}
