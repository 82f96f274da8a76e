import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { parseSettings, settingsProblems } from "../../settings/parse.ts";
import { inStackFile } from "./stackFile.ts";

type Fields = Record<string, unknown>;

const nodes = { default: { instanceTypes: ["m7g.large"], min: 2, max: 4 } };
const admin = { principal: "arn:aws:iam::111122223333:role/ci", level: "cluster-admin" };
const certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";

const key = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000";

const boundary = "arn:aws:iam::111122223333:policy/platform-boundary";

const inRegion = (region: string) => certificate.replace("eu-west-1", region);

/** A stack on EKS, which is right but for what is said. */
const onEks = (eks: Fields, more: Fields = {}) => ({
  cluster: { eks: { access: { ci: admin }, nodes, ...eks } },
  ...more,
});
const withNlb = (nlb: Fields, eks: Fields = {}) => onEks(eks, { istio: { ingressGateway: { nlb } } });
const withNodes = (group: Fields) => onEks({ nodes: { default: { ...nodes.default, ...group } } });
const withNetwork = (network: Fields) => onEks({ network });

const problems = (settings: object) =>
  settingsProblems({ "aws:region": "eu-west-1", ...inStackFile(settings) }).map(({ path, reason }) => ({
    path: path.replace(/^mesh:/, ""),
    reason,
  }));
const EKS = "cluster.eks";
const GROUP = `${EKS}.nodes.default`;
const NLB = "istio.ingressGateway.nlb";
const theirs = { vpcId: "vpc-0a1b2c3d4e5f67890", privateSubnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"] };

/** What the engine hands to the program of a stack file that leaves these out. */
const defaults = Object.fromEntries(
  Object.entries(
    (
      load(readFileSync(join(import.meta.dirname, "../../Pulumi.yaml"), "utf8")) as {
        config: Record<string, { default?: unknown }>;
      }
    ).config,
  ).flatMap(([key, { default: value }]) =>
    value === undefined || key === "mesh:cluster" ? [] : [[key.slice(5), value]],
  ),
);

describe("a stack on EKS", () => {
  it("asks for no secrets of tools in a cluster alone", () => {
    const stack = JSON.parse(JSON.stringify(onEks({}, { ...defaults, scope: "cluster" }))) as Record<string, unknown>;
    expect(Object.keys(defaults)).toContain("observability");
    expect(parseSettings(stack, { madeBy: "make up", region: "eu-west-1" })).toHaveProperty("settings");
  });

  it.each<[right: string, settings: object]>([
    ["nodes alone", onEks({})],
    ["Auto Mode", onEks({ nodes: undefined, autoMode: true })],
    ["another VPC", withNetwork(theirs)],
    ["a range for pods", withNetwork({ podCidr: "100.64.0.0/16" })],
    ["a range for pods of the same kind as its VPC", withNetwork({ cidr: "10.0.0.0/16", podCidr: "10.8.0.0/16" })],
    ["the smallest range for pods", withNetwork({ cidr: "192.168.0.0/16", podCidr: "100.64.16.0/20" })],
    ["two zones", withNetwork({ zones: ["a", "c"] })],
    ["a group that may be empty", onEks({ nodes: { ...nodes, batch: { ...nodes.default, min: 0 } } })],
    ["amd64", withNodes({ architecture: "amd64", instanceTypes: ["m7i.large", "m6a.large"] })],
    ["the stack of a cluster", { cluster: { stackReference: "acme/mesh/prod-cluster" } }],
    ["a cluster alone", onEks({}, { scope: "cluster" })],
    ["a cluster alone, with what Pulumi.yaml has for all else", onEks({}, { ...defaults, scope: "cluster" })],
    ["TLS that ends at the load balancer", withNlb({ certificates: [certificate], accessLogs: { bucket: "logs" } })],
    ["a load balancer's own controller", withNlb({ controller: "aws-load-balancer-controller" })],
    ["production", onEks({}, { profile: "production" })],
    ["a path and a boundary in IAM", onEks({ iam: { path: "/platform/mesh/", permissionsBoundary: boundary } })],
    ["AWS's own policy as a boundary", onEks({ iam: { permissionsBoundary: boundary.replace(/\d{12}/, "aws") } })],
    ["a key of its own", onEks({ encryptionKey: key })],
    ["a key of many regions", onEks({ encryptionKey: key.replace("/0000", "/mrk-0000") })],
    ["a group with the longest name", onEks({ nodes: { ["n".repeat(41)]: nodes.default } })],
    ["a role for its kubeconfig", onEks({ kubeconfigRole: admin.principal })],
    ["a newer Kubernetes with its add-ons", onEks({ version: "1.35", addons: { coredns: "v1.14.2-eksbuild.4" } })],
    ["TLS that ends at the gateway", onEks({}, { bookinfo: { tls: { credentialName: "bookinfo" } } })],
    ["a whole revision", onEks({}, { istio: { version: "1.31.1", revision: "1-31-1", tags: { stable: "1-31-1" } } })],
    ["a revision that is no version", onEks({}, { istio: { revision: "blue" } })],
  ])("may have %s", (_right, settings) => {
    expect(problems(JSON.parse(JSON.stringify(settings)) as object)).toEqual([]);
  });

  it.each<[wrong: string, settings: object, paths: string[]]>([
    ["two kinds of cluster", { cluster: { context: "kind", eks: { access: { ci: admin }, nodes } } }, [EKS]],
    [
      "three kinds of cluster",
      { cluster: { kubeconfig: "k", stackReference: "a/b/c", eks: { access: { ci: admin }, nodes } } },
      [EKS, "cluster.stackReference"],
    ],
    ["half a stack's name", { cluster: { stackReference: "prod-cluster" } }, ["cluster.stackReference"]],
    ["no nodes", { cluster: { eks: { access: { ci: admin } } } }, [`${EKS}.nodes`]],
    ["nobody who gets in", { cluster: { eks: { nodes } } }, [`${EKS}.access`]],
    ["nobody who may do everything", onEks({ access: { ci: { ...admin, level: "view" } } }), [`${EKS}.access`]],
    [
      "a kubeconfig for a stranger",
      onEks({ kubeconfigRole: "arn:aws:iam::111122223333:role/stranger" }),
      [`${EKS}.kubeconfigRole`],
    ],
    ["no group of nodes", onEks({ nodes: {} }), [`${EKS}.nodes`]],
    ["nodes in Auto Mode", onEks({ autoMode: true }), [`${EKS}.nodes`]],
    ["a name with a dot", onEks({ name: "mesh.dev" }), [`${EKS}.name`]],
    ["a name that is too long", onEks({ name: "n".repeat(101) }), [`${EKS}.name`]],
    [
      "a group's name that a node group has no room for",
      onEks({ nodes: { ["n".repeat(42)]: nodes.default } }),
      [`${EKS}.nodes.${"n".repeat(42)}`],
    ],
    ["a patch version of Kubernetes", onEks({ version: "1.35.2" }), [`${EKS}.version`]],
    [
      "add-ons for another Kubernetes",
      onEks({ version: "1.36", addons: { coredns: "v1.14.3-eksbuild.3" } }),
      [
        ...["aws-ebs-csi-driver", "eks-node-monitoring-agent", "eks-pod-identity-agent"],
        ...["kube-proxy", "metrics-server", "vpc-cni"],
      ].map((name) => `${EKS}.addons.${name}`),
    ],
    ["an add-on's version that is none of EKS's", onEks({ addons: { coredns: "1.14.3" } }), [`${EKS}.addons.coredns`]],
    ["an add-on that is none", onEks({ addons: { coreDns: "v1.14.3-eksbuild.3" } }), [`${EKS}.addons.coreDns`]],

    ["an open API server", onEks({ publicAccess: ["0.0.0.0/0"] }), [`${EKS}.publicAccess[0]`]],
    [
      "two open halves",
      onEks({ publicAccess: ["0.0.0.0/1", "128.0.0.0/1"] }),
      [0, 1].map((i) => `${EKS}.publicAccess[${i}]`),
    ],
    ["a private range over the internet", onEks({ publicAccess: ["10.0.0.0/8"] }), [`${EKS}.publicAccess[0]`]],
    ["an address without a prefix", onEks({ publicAccess: ["203.0.113.7"] }), [`${EKS}.publicAccess[0]`]],
    ["an address within a range", onEks({ publicAccess: ["203.0.113.7/24"] }), [`${EKS}.publicAccess[0]`]],

    ["a VPC that is too small", withNetwork({ cidr: "10.0.0.0/24" }), [`${EKS}.network.cidr`]],
    ["a range for pods that is none", withNetwork({ podCidr: "100.64.1.0/16" }), [`${EKS}.network.podCidr`]],
    [
      "a range for pods around that of the VPC",
      withNetwork({ cidr: "100.64.16.0/20", podCidr: "100.64.0.0/16" }),
      [`${EKS}.network.podCidr`],
    ],
    [
      "a wrong range of the VPC and of pods",
      withNetwork({ cidr: "10.0.0.0/24", podCidr: "10.0.0.0/24" }),
      [`${EKS}.network.cidr`, `${EKS}.network.podCidr`],
    ],
    [
      "a range for pods in another's VPC",
      withNetwork({ ...theirs, podCidr: "100.64.0.0/16" }),
      [`${EKS}.network.podCidr`],
    ],
    ["one zone", withNetwork({ zones: ["a"] }), [`${EKS}.network.zones`]],
    ["a zone twice", withNetwork({ zones: ["a", "a"] }), [`${EKS}.network.zones`]],
    ["the full name of a zone", withNetwork({ zones: ["eu-west-1a", "b"] }), [`${EKS}.network.zones[0]`]],
    ["a VPC without subnets", withNetwork({ vpcId: theirs.vpcId }), [`${EKS}.network.privateSubnetIds`]],
    ["subnets without a VPC", withNetwork({ privateSubnetIds: theirs.privateSubnetIds }), [`${EKS}.network.vpcId`]],
    ["NAT for another's VPC", withNetwork({ ...theirs, nat: "one" }), [`${EKS}.network.nat`]],
    [
      "a subnet twice",
      withNetwork({ ...theirs, privateSubnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3d"] }),
      [`${EKS}.network.privateSubnetIds`],
    ],

    [
      "a session for a principal",
      onEks({ access: { ci: admin, me: { ...admin, principal: "arn:aws:sts::111122223333:assumed-role/ci/me" } } }),
      [`${EKS}.access.me.principal`],
    ],
    [
      "the account's root",
      onEks({ access: { ci: admin, me: { ...admin, principal: "arn:aws:iam::111122223333:root" } } }),
      [`${EKS}.access.me.principal`],
    ],
    [
      "one principal twice",
      onEks({ access: { ci: admin, me: { ...admin, level: "view" } } }),
      [`${EKS}.access.me.principal`],
    ],
    [
      "a level that is none",
      onEks({ access: { ops: { principal: `${admin.principal}-ops`, level: "root" }, ci: admin } }),
      [`${EKS}.access.ops.level`],
    ],

    ["more nodes at least than at most", withNodes({ min: 5 }), [`${GROUP}.max`]],
    ["no node at all", withNodes({ min: 0 }), [`${EKS}.nodes`]],
    ["a group that is always empty", withNodes({ min: 0, max: 0 }), [`${EKS}.nodes`, `${GROUP}.max`]],
    ["Intel for arm64", withNodes({ instanceTypes: ["m7i.large"] }), [`${GROUP}.instanceTypes[0]`]],
    ["Graviton for amd64", withNodes({ architecture: "amd64" }), [`${GROUP}.instanceTypes[0]`]],
    ["Spot of one type", withNodes({ capacity: "spot" }), [`${GROUP}.instanceTypes`]],
    [
      "an effect that is none",
      withNodes({ taints: [{ key: "a", effect: "NO_SCHEDULE" }] }),
      [`${GROUP}.taints[0].effect`],
    ],
    ["days that CloudWatch does not know", onEks({ logRetention: 100 }), [`${EKS}.logRetention`]],

    [
      "a key of another region",
      onEks({ encryptionKey: key.replace("eu-west-1", "eu-west-2") }),
      [`${EKS}.encryptionKey`],
    ],
    [
      "a key without its ARN",
      onEks({ encryptionKey: "00000000-0000-0000-0000-000000000000" }),
      [`${EKS}.encryptionKey`],
    ],
    ["an alias of a key", onEks({ encryptionKey: key.replace(/key\/.*/, "alias/mesh") }), [`${EKS}.encryptionKey`]],

    [
      "one node in production",
      onEks({ access: { ci: admin }, nodes: { default: { ...nodes.default, min: 1 } } }, { profile: "production" }),
      [`${EKS}.nodes`],
    ],
    [
      "Spot alone in production",
      onEks(
        {
          access: { ci: admin },
          nodes: { default: { ...nodes.default, instanceTypes: ["m7g.large", "m6g.large"], capacity: "spot" } },
        },
        { profile: "production" },
      ),
      [`${EKS}.nodes`],
    ],

    ["a load balancer for a NodePort", { istio: { ingressGateway: { type: "NodePort", nlb: {} } } }, [NLB]],
    ["a controller that the cluster does not have", withNlb({ controller: "eks-auto-mode" }), [`${NLB}.controller`]],
    ["access logs without TLS", withNlb({ accessLogs: { bucket: "logs" } }), [`${NLB}.accessLogs`]],
    ["a TLS policy without TLS", withNlb({ tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }), [`${NLB}.tlsPolicy`]],
    ["what TLS agrees on without TLS", withNlb({ alpn: "HTTP2Only" }), [`${NLB}.alpn`]],
    ["a protocol that AWS has no policy for", withNlb({ certificates: [certificate], alpn: "HTTP3" }), [`${NLB}.alpn`]],
    [
      "an old TLS policy",
      withNlb({ certificates: [certificate], tlsPolicy: "ELBSecurityPolicy-2016-08" }),
      [`${NLB}.tlsPolicy`],
    ],
    [
      "a certificate that is none of ACM's",
      withNlb({ certificates: ["arn:aws:iam::111122223333:server-certificate/a"] }),
      [`${NLB}.certificates[0]`],
    ],
    [
      "certificates of other regions",
      withNlb({ certificates: [certificate, inRegion("us-east-1"), inRegion("eu-west-2")] }),
      [`${NLB}.certificates[1]`, `${NLB}.certificates[2]`],
    ],
    [
      "a class as a chart's value",
      { istio: { values: { ingressGateway: { service: { loadBalancerClass: "x" } } } } },
      ["istio.values.ingressGateway.service.loadBalancerClass"],
    ],

    [
      "TLS that ends twice",
      onEks(
        {},
        {
          istio: { ingressGateway: { nlb: { certificates: [certificate] } } },
          bookinfo: { tls: { credentialName: "a" } },
          applications: {
            shop: {
              services: { cart: { port: 8080, versions: { v1: { image: "example.com/cart:1" } } } },
              exposure: { service: "cart", hosts: ["shop.example.com"], tls: { credentialName: "a" } },
            },
          },
          traffic: {
            details: {
              exposure: { hosts: ["details.example.com"], tls: { mode: "SIMPLE", credentialName: "a" } },
              ingress: { hosts: ["old.example.com"], port: 9080, secretName: "a" },
            },
            reviews: { ingress: { hosts: ["r.example.com"], port: 9080, className: "nginx", secretName: "a" } },
          },
          observability: { exposure: { domain: "example.com", credentialName: "a" } },
        },
      ),
      [
        "bookinfo.tls",
        "applications.shop.exposure.tls",
        "traffic.details.exposure.tls",
        "traffic.details.ingress.secretName",
        "observability.exposure",
      ],
    ],

    ["a cluster alone that is none", { scope: "cluster" }, ["cluster"]],
    [
      "a mesh in a cluster alone",
      onEks(
        {},
        {
          scope: "cluster",
          istio: { cni: true },
          traffic: { reviews: { routes: [{}] } },
          scenario: "mirror",
          telemetry: { mesh: { accessLog: { enabled: true } } },
          observability: { kiali: { enabled: false } },
        },
      ),
      ["istio", "observability", "scenario", "telemetry", "traffic"],
    ],

    ["a canary beside nothing", { istio: { canary: { version: "1.32.0", revision: "1-32-0" } } }, ["istio.canary"]],
    ["tags without a revision", { istio: { tags: { stable: "1-31-1" } } }, ["istio.tags"]],
    ["the name of another version", { istio: { version: "1.32.0", revision: "1-31-1" } }, ["istio.revision"]],
    [
      "one name for two versions",
      { istio: { revision: "blue", canary: { version: "1.32.0", revision: "blue" } } },
      ["istio.canary.revision"],
    ],
    ["a tag for nobody", { istio: { revision: "blue", tags: { stable: "green" } } }, ["istio.tags.stable"]],
    ["a tag that is a revision", { istio: { revision: "blue", tags: { blue: "blue" } } }, ["istio.tags.blue"]],
    ["a default that is nobody", { istio: { revision: "blue", defaultRevision: "green" } }, ["istio.defaultRevision"]],
    ["the default's own name", { istio: { revision: "default" } }, ["istio.revision"]],
    [
      "one image for two versions",
      { istio: { revision: "blue", canary: { version: "1.32.0", revision: "green" }, images: { tag: "x" } } },
      ["istio.images.tag"],
    ],
    [
      "a namespace that is not there",
      {
        istio: { revision: "blue", canary: { version: "1.32.0", revision: "green", namespaces: ["bookinfo", "shop"] } },
      },
      ["istio.canary.namespaces[1]"],
    ],
    [
      "the namespace of a gateway that is not there",
      {
        istio: {
          revision: "blue",
          egressGateway: { enabled: false },
          canary: { version: "1.32.0", revision: "green", namespaces: ["istio-ingress", "istio-egress"] },
        },
      },
      ["istio.canary.namespaces[1]"],
    ],
    [
      "a second control plane that skips two minor versions",
      { istio: { version: "1.29.0", revision: "blue", canary: { version: "1.32.0", revision: "green" } } },
      ["istio.canary.version"],
    ],
    ["values for no istio-cni", { istio: { values: { cni: {} } } }, ["istio.values.cni"]],
  ])("may not have %s", (_wrong, settings, paths) => {
    expect(problems(settings).map(({ path }) => path)).toEqual(paths.toSorted());
  });

  it.each([
    ["that is too long", "s".repeat(96), /is missing: .* has 101 characters; write here a name of at most 100/],
    [
      "with a dot",
      "team.dev",
      /is missing: without it the cluster would be mesh-team\.dev, which is none that EKS takes/,
    ],
  ])("has to name its cluster where it has a name of its own %s", (_what, stack, reason) => {
    const inAws = (eks: Fields) =>
      settingsProblems({ "aws:region": "eu-west-1", ...inStackFile(onEks(eks)) }, { stack });
    expect(inAws({})).toEqual([{ path: "mesh:cluster.eks.name", reason: expect.stringMatching(reason) as string }]);
    expect(inAws({ name: "team" })).toEqual([]);
    const shorter = { stack: "s".repeat(95) };
    expect(settingsProblems({ "aws:region": "eu-west-1", ...inStackFile(onEks({})) }, shorter)).toEqual([]);
  });

  it.each([
    ["is missing", undefined, /is missing/],
    ["is a zone", "eu-west-1a", /must be the name of a region/],
  ])("may not have a region that %s", (_why, region, reason) => {
    const settings = { ...inStackFile(onEks({})), ...(region !== undefined && { "aws:region": region }) };
    expect(settingsProblems(settings)).toEqual([
      { path: "aws:region", reason: expect.stringMatching(reason) as string },
    ]);
  });

  it("may have certificates of any region where it is not known in which the cluster is", () => {
    const istio = { ingressGateway: { nlb: { certificates: [inRegion("us-east-1")] } } };
    for (const cluster of [{ context: "kind" }, { stackReference: "acme/mesh/prod-cluster" }]) {
      expect(parseSettings({ cluster, istio }, { region: "eu-west-1" })).toHaveProperty("settings");
    }
  });

  it("needs no region where the cluster is there", () => {
    expect(parseSettings({ cluster: { context: "kind" } })).toHaveProperty("settings");
  });

  it("says the way out", () => {
    const [open] = problems(onEks({ publicAccess: ["0.0.0.0/0"] }));
    expect(open?.reason).toMatch(/name the addresses from which you work, such as 203\.0\.113\.7\/32/);
    const [session] = problems(onEks({ kubeconfigRole: "arn:aws:sts::111122223333:assumed-role/ci/me" }));
    expect(session?.reason).toMatch(/not that of a session/);
    const [abroad] = problems(withNlb({ certificates: [inRegion("us-east-1")] }));
    expect(abroad?.reason).toMatch(/is of us-east-1, but the cluster is in eu-west-1.*: name one of eu-west-1/);
    const [away] = problems(onEks({ encryptionKey: key.replace("eu-west-1", "eu-west-2") }));
    expect(away?.reason).toMatch(/is of eu-west-2, but the cluster is in eu-west-1: name a key of eu-west-1/);
    const [beside] = problems({ cluster: { context: "kind", ...onEks({}).cluster } });
    expect(beside?.reason).toMatch(/leave one of them out/);
  });
});
