/** A stack file that uses every setting there is. Not all of them go together, so it is not right as a whole. */
export const everything = {
  profile: "production",
  scope: "all",
  cluster: {
    kubeconfig: "~/.kube/config",
    context: "kind-mesh",
    stackReference: "acme/mesh/prod-cluster",
    eks: {
      name: "mesh-prod",
      version: "1.36",
      addons: {
        "vpc-cni": "v1.23.0-eksbuild.1",
        "kube-proxy": "v1.36.0-eksbuild.1",
        "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
        coredns: "v1.14.3-eksbuild.3",
        "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
        "metrics-server": { version: "v0.9.0-eksbuild.5" },
        "eks-node-monitoring-agent": "v1.6.7-eksbuild.1",
        "aws-efs-csi-driver": {
          version: "v3.4.0-eksbuild.1",
          configuration: { controller: { replicaCount: 1 } },
          namespace: "kube-system",
          podIdentity: {
            "efs-csi-controller-sa": {
              policies: ["arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy"],
              role: "arn:aws:iam::111122223333:role/efs",
            },
          },
        },
      },
      network: {
        cidr: "10.30.0.0/16",
        podCidr: "100.64.0.0/16",
        ipFamily: "ipv6",
        zones: ["a", "b", "c"],
        nat: "per-zone",
        endpoints: ["s3", "ecr"],
        flowLogs: true,
        vpcId: "vpc-0a1b2c3d4e5f67890",
        privateSubnetIds: ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"],
      },
      publicAccess: ["203.0.113.7/32"],
      access: {
        ci: { principal: "arn:aws:iam::111122223333:role/ci", level: "cluster-admin", namespaces: ["shop"] },
      },
      kubeconfigRole: "arn:aws:iam::111122223333:role/ci",
      nodes: {
        default: {
          instanceTypes: ["m7g.large", "m6g.large"],
          architecture: "arm64",
          os: "bottlerocket",
          releaseVersion: "latest",
          nodeConfig: { kubelet: { config: { maxPods: 50 } } },
          settings: { kubernetes: { "max-pods": 50 } },
          capacity: "spot",
          min: 2,
          max: 4,
          disk: 100,
          labels: { "example.com/role": "gateway" },
          taints: [{ key: "example.com/role", value: "gateway", effect: "NoSchedule" }],
        },
      },
      nodePolicies: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
      autoscaler: {
        name: "karpenter",
        limits: { cpu: 100, memory: "400Gi" },
        architecture: "arm64",
        os: "bottlerocket",
        capacity: "spot",
        charts: { repository: "https://charts.example.com", oci: "oci://a/b", folder: "./c" },
      },
      autoMode: false,
      loadBalancerController: {
        charts: { repository: "https://charts.example.com", oci: "oci://a/b", folder: "./c" },
        image: "registry.example.com/aws-load-balancer-controller",
      },
      logRetention: 90,
      encryptionKey: "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000",
      iam: { path: "/platform/", permissionsBoundary: "arn:aws:iam::111122223333:policy/platform-boundary" },
      protect: true,
    },
  },
  istio: {
    version: "1.31.1",
    charts: { repository: "https://charts.example.com", oci: "oci://registry.example.com/charts", folder: "./charts" },
    images: { hub: "registry.example.com/istio", tag: "1.31.1", pullPolicy: "Always" },
    ingressGateway: {
      type: "NodePort",
      nodePorts: { http: 30080, https: 30443 },
      annotations: { "example.com/a": "b" },
      nlb: {
        controller: "aws-load-balancer-controller",
        scheme: "internet-facing",
        ipAddressType: "dualstack",
        sourceRanges: ["198.51.100.0/24"],
        clientIp: "proxy-protocol",
        crossZone: true,
        certificates: ["arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"],
        tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
        alpn: "HTTP2Optional",
        accessLogs: { bucket: "acme-logs", prefix: "mesh" },
      },
      replicas: 2,
      autoscaling: { min: 2, max: 4 },
      alsoIn: "istio-system",
    },
    egressGateway: { enabled: true, replicas: 2, autoscaling: { min: 2, max: 4 }, alsoIn: "istio-system" },
    revision: "1-31-1",
    canary: { version: "1.32.0", revision: "1-32-0", namespaces: ["shop"] },
    defaultRevision: "1-31-1",
    ca: {
      secret: { certificate: "PEM", key: { secure: "v1:abc" }, chain: "PEM", root: "PEM" },
      certManager: { address: "cert-manager-istio-csr.cert-manager.svc:443" },
    },
    tags: { stable: "1-31-1" },
    extensionProviders: {
      "oauth2-proxy": {
        extAuthzHttp: {
          service: "oauth2-proxy.login.svc.cluster.local",
          port: 4180,
          timeout: "2s",
          failOpen: true,
          statusOnError: 503,
          includeRequestBodyInCheck: { maxRequestBytes: 8192, allowPartialMessage: true, packAsBytes: true },
          pathPrefix: "/check",
          includeRequestHeadersInCheck: ["cookie", "x-*"],
          includeAdditionalHeadersInCheck: { "x-mesh": "demo" },
          headersToUpstreamOnAllow: ["authorization"],
          headersToDownstreamOnDeny: ["set-cookie"],
          headersToDownstreamOnAllow: ["set-cookie"],
        },
      },
    },
    cni: true,
    ipFamily: "ipv6",
    mtls: "STRICT",
    accessLog: true,
    tracing: { sampling: 10 },
    timeout: "5m",
    values: {
      base: { global: {} },
      istiod: { global: {} },
      cni: { global: {} },
      ingressGateway: { minReadySeconds: 1 },
      egressGateway: { minReadySeconds: 1 },
    },
  },
  images: { pin: { "registry.istio.io/release/pilot:1.31.1": `sha256:${"0".repeat(64)}` } },
  bookinfo: {
    enabled: true,
    namespace: "bookinfo",
    hosts: ["bookinfo.example.com"],
    tls: { credentialName: "bookinfo" },
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
      exposure: {
        service: "cart",
        hosts: ["shop.example.com"],
        paths: [{ exact: "/", prefix: "/cart" }],
        tls: { credentialName: "shop" },
      },
    },
  },
  security: {
    preset: "zero-trust",
    mtls: {
      mode: "STRICT",
      namespaces: { bookinfo: "PERMISSIVE" },
      workloads: { ratings: "STRICT", "reviews.bookinfo": { mode: "STRICT", ports: { "9080": "DISABLE" } } },
    },
    authorization: {
      default: "deny",
      tryOut: true,
      services: {
        ratings: [
          { from: ["reviews", { namespace: "ops" }], methods: ["GET"] },
          { from: [{ serviceAccount: "ops/batch" }] },
        ],
        reviews: {
          from: ["productpage"],
          methods: ["GET"],
          paths: ["/reviews/*"],
          hosts: ["reviews"],
          ports: [9080],
          jwt: { scope: ["read"] },
        },
      },
      deny: {
        admin: {
          on: ["productpage", "ingress-gateway"],
          from: ["ingress-gateway"],
          methods: ["POST"],
          paths: ["/admin*"],
          hosts: ["app.example.com"],
          ports: [9080],
          unless: { from: ["sleep"], jwt: { groups: ["ops"] } },
        },
      },
      custom: { login: { on: ["ingress-gateway"], provider: "oauth2-proxy", hosts: ["app.example.com"] } },
    },
    jwt: {
      company: {
        issuer: "https://login.example.com",
        audiences: ["mesh"],
        jwksUri: "https://login.example.com/keys",
        jwks: '{"keys":[]}',
        fromHeaders: [{ name: "x-token", prefix: "Bearer " }],
        fromParams: ["token"],
        fromCookies: ["session"],
        forwardOriginalToken: true,
        outputPayloadToHeader: "x-claims",
        claimsToHeaders: { sub: "x-user" },
        spaceDelimitedClaims: ["roles"],
        timeout: "5s",
        on: ["ingress-gateway"],
        required: true,
      },
    },
    egress: "closed",
    sidecarScopes: true,
    networkPolicies: true,
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
  rateLimitService: {
    failureMode: "deny",
    timeout: "100ms",
    redis: {
      address: "limits.abcdef.0001.use1.cache.amazonaws.com:6379",
      tls: true,
      username: "limits",
      password: { secure: "v1:abc" },
    },
    replicas: 3,
    images: { ratelimit: "registry.example.com/ratelimit:3fb70258", valkey: "registry.example.com/valkey:9.1.1" },
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
      login: {
        issuer: "https://login.example.com",
        clientId: "mesh",
        clientSecret: { secure: "v1:abc" },
        cookieSecret: { secure: "v1:abc" },
        groups: ["ops"],
        groupsClaim: "groups",
        emailDomains: ["example.com"],
        scopes: ["openid"],
        cookieDomain: "example.com",
        values: { replicaCount: 3 },
      },
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
