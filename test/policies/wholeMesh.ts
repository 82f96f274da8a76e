/** Objects of every kind of Istio's, right by themselves and with each other, with as many of their fields as fit. */
export const wholeMesh: readonly Readonly<Record<string, unknown>>[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: { "istio-injection": "enabled" } } },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "reviews",
      namespace: "shop",
      labels: { app: "reviews" },
      annotations: { "networking.istio.io/exportTo": "." },
    },
    spec: {
      type: "ClusterIP",
      selector: { app: "reviews" },
      ports: [
        { name: "http", port: 80, targetPort: 8080, protocol: "TCP" },
        { name: "grpc", port: 9000, targetPort: "grpc", appProtocol: "grpc" },
      ],
    },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "reviews-v1", namespace: "shop" },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "reviews", version: "v1" } },
      template: {
        metadata: {
          labels: { app: "reviews", version: "v1" },
          annotations: { "proxy.istio.io/config": "concurrency: 2" },
        },
        spec: {
          serviceAccountName: "reviews",
          securityContext: { runAsUser: 1000 },
          containers: [
            {
              name: "reviews",
              image: "registry.example/reviews:1.0.0",
              ports: [{ name: "http", containerPort: 8080 }, { containerPort: 9000 }],
              resources: { requests: { cpu: "100m", memory: "64Mi" } },
              readinessProbe: { httpGet: { path: "/", port: 8080 } },
              securityContext: { runAsUser: 1000 },
              env: [{ name: "A", value: "b" }],
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "entry", namespace: "istio-system", labels: { istio: "ingressgateway" } },
    spec: { containers: [{ name: "istio-proxy", image: "auto" }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "entry", namespace: "istio-system" },
    spec: { selector: { istio: "ingressgateway" }, ports: [{ name: "https", port: 443, targetPort: 8443 }] },
  },
  {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "shop-tls", namespace: "istio-system" },
    type: "kubernetes.io/tls",
    data: { "tls.crt": "", "tls.key": "" },
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "istio", namespace: "istio-system" },
    data: { mesh: "rootNamespace: istio-system\n", meshNetworks: "networks: {}\n" },
  },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "reviews", namespace: "shop" } },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "entry", namespace: "shop" },
    spec: {
      selector: { istio: "ingressgateway" },
      servers: [
        {
          port: { number: 443, name: "https", protocol: "HTTPS" },
          hosts: ["shop/shop.example.com"],
          bind: "0.0.0.0",
          tls: { mode: "SIMPLE", credentialName: "shop-tls", minProtocolVersion: "TLSV1_2", cipherSuites: [] },
        },
      ],
    },
  },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      hosts: ["reviews", "shop.example.com"],
      gateways: ["entry", "mesh"],
      exportTo: ["."],
      http: [
        {
          name: "first",
          match: [
            {
              uri: { prefix: "/api" },
              headers: { "x-user": { exact: "jason" } },
              queryParams: { page: { regex: "[0-9]+" } },
              method: { exact: "GET" },
              port: 80,
              gateways: ["entry"],
              sourceLabels: { app: "reviews" },
              withoutHeaders: { "x-no": { prefix: "a" } },
            },
          ],
          route: [
            {
              destination: { host: "reviews", subset: "v1", port: { number: 80 } },
              weight: 90,
              headers: { request: { set: { "x-a": "b" }, add: { "x-c": "d" }, remove: ["x-e"] } },
            },
            { destination: { host: "reviews.shop.svc.cluster.local", port: { number: 80 } }, weight: 10 },
          ],
          timeout: "5s",
          retries: { attempts: 3, perTryTimeout: "1s", retryOn: "5xx,reset" },
          fault: {
            delay: { percentage: { value: 1 }, fixedDelay: "1s" },
            abort: { percentage: { value: 1 }, httpStatus: 503 },
          },
          mirror: { host: "reviews", port: { number: 80 } },
          mirrorPercentage: { value: 10 },
          mirrors: [],
          rewrite: { uri: "/" },
          corsPolicy: {
            allowOrigins: [{ exact: "https://shop.example.com" }],
            allowMethods: ["GET"],
            allowHeaders: ["x-a"],
            maxAge: "24h",
          },
        },
        { match: [{ uri: { exact: "/old" } }], redirect: { uri: "/new", redirectCode: 302, scheme: "https" } },
        { match: [{ uri: { exact: "/ok" } }], directResponse: { status: 200, body: { string: "ok" } } },
        { route: [{ destination: { host: "reviews", port: { number: 80 } } }] },
      ],
      tcp: [
        {
          match: [{ port: 9000, destinationSubnets: ["10.0.0.0/8"] }],
          route: [{ destination: { host: "reviews", port: { number: 9000 } } }],
        },
      ],
      tls: [
        {
          match: [{ port: 443, sniHosts: ["shop.example.com"] }],
          route: [{ destination: { host: "reviews", port: { number: 80 } } }],
        },
      ],
    },
  },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      host: "reviews",
      exportTo: ["."],
      trafficPolicy: {
        loadBalancer: {
          consistentHash: { httpCookie: { name: "user", ttl: "0s" }, minimumRingSize: 1024 },
          localityLbSetting: { enabled: true, failover: [{ from: "a", to: "b" }] },
        },
        connectionPool: {
          tcp: { maxConnections: 10, connectTimeout: "1s", tcpKeepalive: { time: "7200s" } },
          http: { http1MaxPendingRequests: 1, maxRetries: 2, idleTimeout: "1m", h2UpgradePolicy: "DEFAULT" },
        },
        outlierDetection: { consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s", maxEjectionPercent: 50 },
        tls: { mode: "ISTIO_MUTUAL", sni: "reviews" },
        portLevelSettings: [{ port: { number: 80 }, tls: { mode: "ISTIO_MUTUAL" } }],
      },
      subsets: [
        { name: "v1", labels: { version: "v1" }, trafficPolicy: { loadBalancer: { simple: "LEAST_REQUEST" } } },
      ],
    },
  },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name: "outside", namespace: "shop" },
    spec: {
      hosts: ["api.example.com"],
      addresses: ["10.1.0.1"],
      exportTo: ["*"],
      location: "MESH_EXTERNAL",
      resolution: "STATIC",
      ports: [{ number: 443, name: "tls", protocol: "TLS", targetPort: 8443 }],
      endpoints: [{ address: "192.0.2.1", ports: { tls: 8443 }, labels: { a: "b" }, weight: 1, locality: "a/b/c" }],
      subjectAltNames: ["api.example.com"],
    },
  },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "WorkloadEntry",
    metadata: { name: "vm", namespace: "shop" },
    spec: { address: "192.0.2.2", labels: { app: "vm" }, serviceAccount: "reviews", ports: { http: 80 } },
  },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "WorkloadGroup",
    metadata: { name: "vm", namespace: "shop" },
    spec: {
      metadata: { labels: { app: "vm" } },
      template: { serviceAccount: "reviews", ports: { http: 80 } },
      probe: { periodSeconds: 5, httpGet: { path: "/", port: 80, httpHeaders: [{ name: "a", value: "b" }] } },
    },
  },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "Sidecar",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      workloadSelector: { labels: { app: "reviews" } },
      ingress: [{ port: { number: 8080, name: "http", protocol: "HTTP" }, defaultEndpoint: "127.0.0.1:8080" }],
      egress: [
        { port: { number: 443, name: "tls", protocol: "TLS" }, hosts: ["*/api.example.com"], bind: "127.0.0.1" },
        { hosts: ["./*", "istio-system/*"] },
      ],
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
    },
  },
  {
    apiVersion: "networking.istio.io/v1beta1",
    kind: "ProxyConfig",
    metadata: { name: "reviews", namespace: "shop" },
    spec: { selector: { matchLabels: { app: "reviews" } }, concurrency: 2, environmentVariables: { A: "b" } },
  },
  {
    apiVersion: "networking.istio.io/v1alpha3",
    kind: "EnvoyFilter",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      priority: 10,
      workloadSelector: { labels: { app: "reviews" } },
      configPatches: [
        {
          applyTo: "HTTP_FILTER",
          match: {
            context: "SIDECAR_INBOUND",
            proxy: { proxyVersion: "^1\\.31.*" },
            listener: { filterChain: { filter: { name: "a", subFilter: { name: "envoy.filters.http.router" } } } },
          },
          patch: { operation: "INSERT_BEFORE", value: { name: "mine", typed_config: {} } },
        },
      ],
    },
  },
  {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "reviews" } },
      action: "ALLOW",
      rules: [
        {
          from: [
            {
              source: {
                principals: ["cluster.local/ns/shop/sa/reviews"],
                namespaces: ["shop"],
                ipBlocks: ["10.0.0.0/8"],
                requestPrincipals: ["*"],
              },
            },
          ],
          to: [{ operation: { methods: ["GET"], paths: ["/api/*"], ports: ["80"], hosts: ["reviews.shop"] } }],
          when: [{ key: "request.headers[x-user]", values: ["jason"] }],
        },
      ],
    },
  },
  {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "reviews" } },
      mtls: { mode: "STRICT" },
      portLevelMtls: { 8080: { mode: "STRICT" } },
    },
  },
  {
    apiVersion: "security.istio.io/v1",
    kind: "RequestAuthentication",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "reviews" } },
      jwtRules: [
        {
          issuer: "https://issuer.example",
          jwksUri: "https://issuer.example/keys",
          audiences: ["shop"],
          fromHeaders: [{ name: "authorization", prefix: "Bearer " }],
          outputClaimToHeaders: [{ header: "x-sub", claim: "sub" }],
          timeout: "5s",
        },
      ],
    },
  },
  {
    apiVersion: "telemetry.istio.io/v1",
    kind: "Telemetry",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "reviews" } },
      tracing: [{ randomSamplingPercentage: 1, customTags: { a: { literal: { value: "b" } } } }],
      accessLogging: [{ providers: [{ name: "envoy" }], filter: { expression: "response.code >= 400" } }],
      metrics: [{ providers: [{ name: "prometheus" }], overrides: [{ match: { metric: "REQUEST_COUNT" } }] }],
    },
  },
  {
    apiVersion: "extensions.istio.io/v1alpha1",
    kind: "WasmPlugin",
    metadata: { name: "reviews", namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "reviews" } },
      url: "oci://registry.example/plugin:1.0.0",
      phase: "AUTHN",
      vmConfig: { env: [{ name: "A", value: "b" }] },
      match: [{ ports: [{ number: 80 }] }],
    },
  },
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "front", namespace: "shop" },
    spec: {
      gatewayClassName: "istio",
      listeners: [{ name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } }],
    },
  },
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "front", namespace: "shop" },
    spec: {
      parentRefs: [{ name: "front", sectionName: "http" }],
      hostnames: ["front.example.com"],
      rules: [{ backendRefs: [{ name: "reviews", port: 80 }] }],
    },
  },
  {
    apiVersion: "gateway.networking.k8s.io/v1beta1",
    kind: "ReferenceGrant",
    metadata: { name: "grant", namespace: "shop" },
    spec: { from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "shop" }], to: [] },
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: "istio-sidecar-injector", labels: { app: "sidecar-injector" } },
    webhooks: [
      {
        name: "namespace.sidecar-injector.istio.io",
        clientConfig: { service: { name: "istiod", namespace: "istio-system", path: "/inject" } },
        namespaceSelector: { matchExpressions: [{ key: "istio-injection", operator: "In", values: ["enabled"] }] },
      },
    ],
  },
];
