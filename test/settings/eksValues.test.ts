// What AWS would refuse, or silently make useless, many minutes into a run: each wrong value with what is said of it, and with
// a value beside it that is right.
import { describe, expect, it } from "vitest";
import { endpoints } from "../../components/cluster/eks/choices.ts";
import awsData from "../../components/cluster/eks/aws.json" with { type: "json" };
import { longestAccountName } from "../../components/cluster/eks/addonNames.ts";
import { longestGroupName } from "../../components/cluster/eks/nodeGroupNames.ts";
import { settingsProblems } from "../../settings/parse.ts";
import { eks as pins, eksSupport } from "../../versions.ts";
import { inStackFile } from "./stackFile.ts";

const { asOf } = awsData;

type Fields = Record<string, unknown>;

const ROLE = "arn:aws:iam::111122223333:role";
const POLICY = "arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000";
const SSO = "AWSReservedSSO_Admin_0123456789abcdef";
const admin = { principal: `${ROLE}/ci`, level: "cluster-admin" };
const group = { instanceTypes: ["m7g.large"], min: 2, max: 4 };
/** Those that every cluster has, for a Kubernetes. */
const addonsOf = (kubernetes: string) => ({ ...pins.addons, "kube-proxy": `v${kubernetes}.0-eksbuild.1` });

/** A stack file that is right but for what is said. */
const file = (eks: Fields, more: Fields = {}): Fields => ({
  "aws:region": "eu-west-1",
  ...inStackFile({ cluster: { eks: { access: { ci: admin }, nodes: { default: group }, ...eks } } }),
  ...more,
});
/** In Auto Mode. */
const auto = (eks: Fields): Fields => ({
  "aws:region": "eu-west-1",
  ...inStackFile({ cluster: { eks: { access: { ci: admin }, autoMode: true, ...eks } } }),
});
const access = (entries: Fields) => file({ access: entries });
const principal = (arn: string) => access({ ci: admin, them: { principal: arn, level: "view" } });
const nodes = (changes: Fields) => file({ nodes: { default: { ...group, ...changes } } });
const bottlerocket = (changes: Fields) => nodes({ os: "bottlerocket", ...changes });
const types = (...instanceTypes: string[]) => nodes({ instanceTypes });
const intel = (...instanceTypes: string[]) => nodes({ instanceTypes, architecture: "amd64" });
const spot = (...instanceTypes: string[]) => nodes({ instanceTypes, capacity: "spot" });
const label = (key: string, value = "x") => nodes({ labels: { [key]: value } });
const taint = (effect: string) => ({ ...group, taints: [{ key: "example.com/only", effect }] });
const network = (changes: Fields) => file({ network: changes });
const open = (...publicAccess: string[]) => file({ publicAccess });
const version = (name: string) => file({ version: name, addons: addonsOf(name) });
const addons = (changes: Fields) => file({ addons: changes });
const efs = (changes: Fields) => addons({ "aws-efs-csi-driver": { version: "v3.4.0-eksbuild.1", ...changes } });
const account = (identity: unknown, name = "efs-csi-controller-sa") => efs({ podIdentity: { [name]: identity } });
const region = (name: string, partition = "aws") =>
  file({ access: { ci: { ...admin, principal: admin.principal.replace("aws", partition) } } }, { "aws:region": name });
const tags = (names: Fields) => file({}, { "aws:defaultTags": { tags: names } });

const EKS = "mesh:cluster.eks";
const TYPE = `${EKS}.nodes.default.instanceTypes`;
const THEM = `${EKS}.access.them.principal`;

/** Settings beside those of the cluster. */
const onTheInternet = inStackFile({ istio: { ingressGateway: { nlb: { scheme: "internet-facing" } } } });

/** Ranges of one address each. */
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);

const rows: readonly (readonly [wrong: string, wrong: Fields, path: string, reason: RegExp, right: Fields])[] = [
  // Ways out.
  [
    "no NAT and no endpoints",
    network({ nat: "none" }),
    `${EKS}.network.endpoints`,
    /^is missing: with nat: none a cluster reaches AWS by endpoints alone; write \[s3, ecr, sts, ec2, .*\], or let nat be one/,
    network({ nat: "none", endpoints: [...endpoints] }),
  ],
  [
    "no NAT and too few endpoints",
    network({ nat: "none", endpoints: ["s3", "ecr", "ec2", "eks", "elasticloadbalancing", "logs"] }),
    `${EKS}.network.endpoints`,
    /^lacks sts and eks-auth: with nat: none/,
    network({ nat: "one", endpoints: ["s3", "sts"] }),
  ],
  [
    "a service that has no endpoint here",
    network({ endpoints: ["s3", "sqs"] }),
    `${EKS}.network.endpoints[1]`,
    /must be s3, ecr, sts, ec2, eks, eks-auth, elasticloadbalancing or logs/,
    network({ endpoints: ["s3", "sts"] }),
  ],
  [
    "an endpoint twice",
    network({ endpoints: ["s3", "s3"] }),
    `${EKS}.network.endpoints`,
    /must not name a service twice/,
    network({ endpoints: [] }),
  ],
  [
    "a load balancer on the internet without one",
    file({ network: { nat: "none", endpoints: [...endpoints] } }, onTheInternet),
    "mesh:istio.ingressGateway.nlb.scheme",
    /must be internal, .*: with nat: none there are no public subnets/,
    file({ network: { nat: "per-zone" } }, onTheInternet),
  ],
  [
    "an image with its tag",
    file({ loadBalancerController: { image: "registry.example.com/controller:v3" } }),
    `${EKS}.loadBalancerController.image`,
    /must be the repository of an image without a tag/,
    file({ loadBalancerController: { image: "registry.example.com:5000/team/controller" } }),
  ],
  // Who gets in.
  ["nobody", access({}), `${EKS}.access`, /must name a cluster-admin without namespaces/, access({ ci: admin })],
  [
    "an admin of a namespace alone",
    access({ ci: { ...admin, namespaces: ["bookinfo"] } }),
    `${EKS}.access`,
    /must name a cluster-admin without namespaces/,
    access({ ci: admin, dev: { ...admin, principal: `${ROLE}/dev`, namespaces: ["bookinfo"] } }),
  ],
  [
    "a kubeconfig for an admin of a namespace",
    file({
      access: { ci: admin, dev: { ...admin, principal: `${ROLE}/dev`, namespaces: ["bookinfo"] } },
      kubeconfigRole: `${ROLE}/dev`,
    }),
    `${EKS}.kubeconfigRole`,
    /must be among those in access, as cluster-admin without namespaces/,
    file({ kubeconfigRole: `${ROLE}/ci` }),
  ],
  [
    "a role of Identity Center without its path",
    principal(`${ROLE}/${SSO}`),
    THEM,
    /without its path: write it as `aws iam get-role/,
    principal(`${ROLE}/aws-reserved/sso.amazonaws.com/eu-west-1/${SSO}`),
  ],
  [
    "a role of Identity Center with another path",
    principal(`${ROLE}/teams/${SSO}`),
    THEM,
    /without its path/,
    // That of us-east-1 has no region in it.
    principal(`${ROLE}/aws-reserved/sso.amazonaws.com/${SSO}`),
  ],
  [
    "a service-linked role",
    principal(`${ROLE}/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`),
    THEM,
    /only a service of AWS may take/,
    principal(`${ROLE}/service/eks`),
  ],
  [
    "a principal of China elsewhere",
    principal("arn:aws-cn:iam::111122223333:role/ci"),
    THEM,
    /another part of AWS than the region, where ARNs begin with arn:aws:$/,
    region("cn-north-1", "aws-cn"),
  ],
  [
    "a principal of elsewhere in China",
    region("cn-north-1"),
    `${EKS}.access.ci.principal`,
    /begin with arn:aws-cn:$/,
    region("us-gov-west-1", "aws-us-gov"),
  ],
  [
    "a policy of China elsewhere",
    file({ nodePolicies: ["arn:aws-cn:iam::aws:policy/AmazonSSMManagedInstanceCore"] }),
    `${EKS}.nodePolicies[0]`,
    /another part of AWS than the region/,
    file({ nodePolicies: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"] }),
  ],

  // Nodes.
  [
    "a group whose name is too long",
    file({ nodes: { ["g".repeat(longestGroupName + 1)]: group } }),
    `${EKS}.nodes.${"g".repeat(longestGroupName + 1)}`,
    new RegExp(`has a wrong name: it must have at most ${longestGroupName} characters`),
    file({ nodes: { ["g".repeat(longestGroupName)]: group } }),
  ],
  ...["node-role.kubernetes.io/worker", "kubernetes.io/role", "node.k8s.io/role", "eks.amazonaws.com/role"].map(
    (key) =>
      [
        `the label ${key}`,
        label(key),
        `${EKS}.nodes.default.labels["${key}"]`,
        /must not be of kubernetes\.io, k8s\.io or eks\.amazonaws\.com/,
        label("example.com/role"),
      ] as const,
  ),
  [
    "a label without a value",
    label("role", ""),
    `${EKS}.nodes.default.labels.role`,
    /1 to 63 letters/,
    label("role", "a"),
  ],
  [
    "a label whose key is too long",
    label(`example.com/${"a".repeat(52)}`),
    `${EKS}.nodes.default.labels["example.com/${"a".repeat(52)}"]`,
    /at most 63 letters/,
    label(`example.com/${"a".repeat(51)}`),
  ],
  [
    "a slip in a size",
    types("m7g.lagre"),
    `${TYPE}[0]`,
    /did you mean m7g\.large\? .*`make aws-data`/,
    types("m7g.large"),
  ],
  ["a slip in a family", types("mg7.large"), `${TYPE}[0]`, /did you mean m7g\.large\?/, types("m8g.large")],
  ["a size that a family lacks", types("m7g.metal-96xl"), `${TYPE}[0]`, /is no instance type/, types("m7g.metal")],
  ["NVIDIA's GPUs", intel("g5.xlarge"), `${TYPE}[0]`, /bring no drivers/, intel("m5.xlarge")],
  ["more of them", intel("p5.48xlarge"), `${TYPE}[0]`, /bring no drivers/, intel("c5.18xlarge")],
  ["AWS's own chips", intel("inf2.xlarge"), `${TYPE}[0]`, /bring no drivers/, intel("i4i.xlarge")],
  ["a Mac", intel("mac-m4.metal"), `${TYPE}[0]`, /is a Mac/, intel("m7i.metal-24xl")],
  ["room for too few pods", types("t4g.nano"), `${TYPE}[0]`, /4 to 11 pods/, types("t4g.medium")],
  ["room for a few more", intel("t3.small"), `${TYPE}[0]`, /4 to 11 pods/, intel("t3.medium")],
  [
    "Spot of several sizes",
    spot("m7g.large", "m7g.16xlarge"),
    `${TYPE}[1]`,
    /as big as the first/,
    spot("m7g.large", "m6g.large"),
  ],
  [
    "Spot with less memory",
    spot("m7g.large", "m6g.large", "c7g.large"),
    `${TYPE}[2]`,
    /as big as the first/,
    spot("m7g.large", "m6g.large", "t4g.large"),
  ],
  [
    "taints on all groups",
    file({ nodes: { one: taint("NoSchedule"), two: taint("NoExecute") } }),
    `${EKS}.nodes`,
    /a group without taints/,
    file({ nodes: { one: taint("NoSchedule"), two: taint("PreferNoSchedule") } }),
  ],
  [
    "a release of another image",
    nodes({ releaseVersion: "1.50.0-abcdef12" }),
    `${EKS}.nodes.default.releaseVersion`,
    /a release of al2023 as EKS writes it, such as 1\.35\.0-20261101/,
    nodes({ releaseVersion: "1.35.4-20261101" }),
  ],
  [
    "a release of another image, for Bottlerocket",
    bottlerocket({ releaseVersion: "1.50.0" }),
    `${EKS}.nodes.default.releaseVersion`,
    /a release of bottlerocket as EKS writes it, such as 1\.50\.0-abcdef12/,
    bottlerocket({ releaseVersion: "1.50.0-abcdef12" }),
  ],
  [
    "a release for another Kubernetes",
    nodes({ releaseVersion: "1.34.4-20261101" }),
    `${EKS}.nodes.default.releaseVersion`,
    /for the cluster's Kubernetes, 1\.35/,
    nodes({ releaseVersion: "latest" }),
  ],
  [
    "a NodeConfig for Bottlerocket",
    bottlerocket({ nodeConfig: { kubelet: {} } }),
    `${EKS}.nodes.default.nodeConfig`,
    /Bottlerocket takes settings/,
    bottlerocket({ settings: { kubernetes: { "max-pods": 50 } } }),
  ],
  [
    "settings for Amazon Linux",
    nodes({ settings: { kubernetes: { "max-pods": 50 } } }),
    `${EKS}.nodes.default.settings`,
    /Amazon Linux takes nodeConfig/,
    nodes({ nodeConfig: { kubelet: { config: { maxPods: 50 } } } }),
  ],
  [
    "a whole NodeConfig",
    nodes({ nodeConfig: { spec: { kubelet: {} } } }),
    `${EKS}.nodes.default.nodeConfig.spec`,
    /write what comes below spec/,
    nodes({ nodeConfig: { kubelet: {} } }),
  ],
  [
    "a cluster in a NodeConfig",
    nodes({ nodeConfig: { cluster: { name: "mesh" } } }),
    `${EKS}.nodes.default.nodeConfig.cluster`,
    /is for EKS to say/,
    nodes({ nodeConfig: { containerd: { config: "[plugins]\n" } } }),
  ],
  [
    "a cluster in Bottlerocket's settings",
    bottlerocket({ settings: { kubernetes: { "api-server": "https://example.com" } } }),
    `${EKS}.nodes.default.settings.kubernetes.api-server`,
    /is for EKS to say/,
    bottlerocket({ settings: { kernel: { sysctl: { "vm.max_map_count": "262144" } } } }),
  ],
  [
    "nothing among settings",
    bottlerocket({ settings: { ntp: { "time-servers": null } } }),
    `${EKS}.nodes.default.settings.ntp.time-servers`,
    /must be a text, a number, true or false, a list or a map; it is nothing/,
    bottlerocket({ settings: { ntp: { "time-servers": [] } } }),
  ],
  [
    "a policy of nodes by its name",
    file({ nodePolicies: ["AmazonSSMManagedInstanceCore"] }),
    `${EKS}.nodePolicies[0]`,
    /must be the ARN of an IAM policy/,
    file({ nodePolicies: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"] }),
  ],
  [
    "a policy of nodes twice",
    file({ nodePolicies: [POLICY, POLICY] }),
    `${EKS}.nodePolicies`,
    /must not name a policy twice/,
    file({ nodePolicies: [POLICY] }),
  ],
  [
    "an autoscaler that there is not",
    file({ autoscaler: "cluster-autoscaller" }),
    `${EKS}.autoscaler`,
    /must be cluster-autoscaler or karpenter/,
    file({ autoscaler: "cluster-autoscaler" }),
  ],
  [
    "an autoscaler that there is not, in a map",
    file({ autoscaler: { name: "autoscaler" } }),
    `${EKS}.autoscaler.name`,
    /must be cluster-autoscaler/,
    file({ autoscaler: { name: "cluster-autoscaler", charts: { oci: "oci://registry.example.com/charts" } } }),
  ],
  [
    "Karpenter without an end",
    file({ autoscaler: "karpenter" }),
    `${EKS}.autoscaler`,
    /such as \{ name: karpenter, limits: \{ cpu: 100 \} \}/,
    file({ autoscaler: { name: "karpenter", limits: { cpu: 100 } } }),
  ],
  [
    "Karpenter without an end, in a map",
    file({ autoscaler: { name: "karpenter", os: "bottlerocket" } }),
    `${EKS}.autoscaler.limits`,
    /is missing: name the most that Karpenter may add/,
    file({ autoscaler: { name: "karpenter", os: "bottlerocket", limits: { memory: "400Gi" } } }),
  ],
  [
    "limits that are none",
    file({ autoscaler: { name: "karpenter", limits: {} } }),
    `${EKS}.autoscaler.limits`,
    /must name cpu, memory or both/,
    file({ autoscaler: { name: "karpenter", limits: { cpu: 8, memory: "32Gi" } } }),
  ],
  [
    "limits for the Cluster Autoscaler",
    file({ autoscaler: { name: "cluster-autoscaler", limits: { cpu: 100 } } }),
    `${EKS}.autoscaler.limits`,
    /is for karpenter/,
    file({ autoscaler: { name: "cluster-autoscaler" } }),
  ],
  [
    "an autoscaler for nodes that AWS runs",
    auto({ autoscaler: "cluster-autoscaler" }),
    `${EKS}.autoscaler`,
    /has no place beside autoMode/,
    auto({}),
  ],
  [
    "policies of nodes that AWS runs",
    auto({ nodePolicies: [POLICY] }),
    `${EKS}.nodePolicies`,
    /has no place beside autoMode/,
    auto({}),
  ],

  // The network.
  [
    "a range for pods that is too small",
    network({ podCidr: "100.64.0.0/21" }),
    `${EKS}.network.podCidr`,
    /must be a range from \/16 to \/20, such as 100\.64\.0\.0\/16/,
    network({ podCidr: "100.64.0.0/20" }),
  ],
  [
    "a range for pods in that of the VPC",
    network({ podCidr: "10.0.16.0/20" }),
    `${EKS}.network.podCidr`,
    /must not overlap 10\.0\.0\.0\/16, which is the range of the VPC/,
    network({ cidr: "10.1.0.0/16", podCidr: "10.2.16.0/20" }),
  ],
  [
    "a range for pods of another kind than the VPC",
    network({ podCidr: "192.168.0.0/16" }),
    `${EKS}.network.podCidr`,
    /none that AWS adds to a VPC of the range 10\.0\.0\.0\/16: take one of 100\.64\.0\.0\/10, such as 100\.64\.0\.0\/16/,
    network({ cidr: "192.168.16.0/20", podCidr: "192.168.32.0/20" }),
  ],
  [
    "a range for pods that Services have",
    network({ podCidr: "10.100.0.0/16" }),
    `${EKS}.network.podCidr`,
    /must not overlap 10\.100\.0\.0\/16, of which EKS may take the addresses of Services/,
    network({ podCidr: "10.101.0.0/16" }),
  ],
  [
    "a range for pods in Auto Mode",
    auto({ network: { podCidr: "100.64.0.0/16" } }),
    `${EKS}.network.podCidr`,
    /has no place beside autoMode: AWS runs the network plugin itself/,
    auto({ network: { cidr: "10.1.0.0/16" } }),
  ],
  [
    "a zone that no region has",
    network({ zones: ["a", "z"] }),
    `${EKS}.network.zones[1]`,
    /"a" to "f"/,
    network({ zones: ["a", "f"] }),
  ],
  ["a region that is none", region("eu-west-9"), "aws:region", /did you mean eu-west-1\?/, region("eu-west-3")],
  [
    "a region like none",
    region("moon-base-1"),
    "aws:region",
    /is no region of AWS's; `make aws-data`/,
    region("eu-west-2"),
  ],
  [
    "a VPC of multicast",
    network({ cidr: "224.0.0.0/16" }),
    `${EKS}.network.cidr`,
    /must be a private range/,
    network({ cidr: "10.9.0.0/16" }),
  ],
  [
    "a VPC of somebody's addresses",
    network({ cidr: "8.8.0.0/16" }),
    `${EKS}.network.cidr`,
    /must be a private range/,
    network({ cidr: "100.64.0.0/16" }),
  ],
  [
    "a VPC of Docker's addresses",
    network({ cidr: "172.17.0.0/16" }),
    `${EKS}.network.cidr`,
    /not in 172\.17\.0\.0\/16/,
    network({ cidr: "172.18.0.0/16" }),
  ],

  // The public endpoint.
  [
    "the internet in four parts",
    open("0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"),
    `${EKS}.publicAccess[0]`,
    /more than a \/8/,
    open("8.0.0.0/8"),
  ],
  [
    "a good part of it in small ones",
    open(...Array.from({ length: 40 }, (_, index) => `${index + 11}.0.0.0/8`)),
    `${EKS}.publicAccess`,
    /more than a \/8/,
    open("8.0.0.0/9", "9.0.0.0/9"),
  ],
  ["too many ranges", open(...addresses(41)), `${EKS}.publicAccess`, /at most 40 ranges/, open(...addresses(40))],
  [
    "addresses of nobody",
    open("100.64.0.0/10"),
    `${EKS}.publicAccess[0]`,
    /nobody's on the internet/,
    open("100.128.0.0/16"),
  ],

  // Versions.
  ["a version of the future", version("1.99"), `${EKS}.version`, /1\.34, 1\.35 or 1\.36, as of/, version("1.36")],
  ["a version of the past", version("1.29"), `${EKS}.version`, /in standard support/, version("1.34")],

  // Add-ons.
  [
    "an add-on without a version or a pin",
    addons({ "snapshot-controler": { configuration: {} } }),
    `${EKS}.addons.snapshot-controler.version`,
    /pins none for snapshot-controler; did you mean snapshot-controller\?/,
    addons({ "snapshot-controller": { version: "v8.5.0-eksbuild.3" }, coredns: { configuration: {} } }),
  ],
  [
    "a version that is none, in a map",
    addons({ coredns: { version: "1.14.3" } }),
    `${EKS}.addons.coredns.version`,
    /as EKS lists it, such as v1\.14\.3-eksbuild\.3/,
    addons({ coredns: { version: "v1.14.3-eksbuild.3" } }),
  ],
  [
    "a setting of add-ons that there is not",
    efs({ config: {} }),
    `${EKS}.addons.aws-efs-csi-driver.config`,
    /is no setting; did you mean configuration\?|there are version, configuration/,
    efs({ configuration: {} }),
  ],
  [
    "a configuration as text",
    efs({ configuration: "{}" }),
    `${EKS}.addons.aws-efs-csi-driver.configuration`,
    /must be a map of what the add-on's own schema has/,
    efs({ configuration: { controller: { replicaCount: 1 } } }),
  ],
  [
    "a role that may do nothing",
    account({}),
    `${EKS}.addons.aws-efs-csi-driver.podIdentity.efs-csi-controller-sa.policies`,
    /name policies, of which a role is made, or a role that is there/,
    account({ role: `${ROLE}/efs` }),
  ],
  [
    "two roles for a service account",
    account({ role: `${ROLE}/efs`, policies: [POLICY] }),
    `${EKS}.addons.aws-efs-csi-driver.podIdentity.efs-csi-controller-sa.role`,
    /has no place beside policies/,
    account({ policies: [POLICY] }),
  ],
  [
    "a policy by its name",
    account({ policies: ["AmazonEFSCSIDriverPolicy"] }),
    `${EKS}.addons.aws-efs-csi-driver.podIdentity.efs-csi-controller-sa.policies[0]`,
    /must be the ARN of an IAM policy/,
    account({ policies: [POLICY] }),
  ],
  [
    "a service account whose role would have too long a name",
    account({ policies: [POLICY] }, "a".repeat(longestAccountName + 1)),
    `${EKS}.addons.aws-efs-csi-driver.podIdentity.${"a".repeat(longestAccountName + 1)}`,
    /IAM does not take a longer one/,
    account({ policies: [POLICY] }, "a".repeat(longestAccountName)),
  ],
  [
    "a service account of two add-ons",
    addons({
      one: { version: "v1.0.0-eksbuild.1", podIdentity: { sa: { policies: [POLICY] } } },
      two: { version: "v1.0.0-eksbuild.1", podIdentity: { sa: { policies: [POLICY] } } },
    }),
    `${EKS}.addons.two.podIdentity.sa`,
    /has a role already, by one/,
    addons({
      one: { version: "v1.0.0-eksbuild.1", podIdentity: { sa: { policies: [POLICY] } } },
      two: { version: "v1.0.0-eksbuild.1", podIdentity: { other: { policies: [POLICY] } } },
    }),
  ],
  [
    "a role for an add-on that has its own",
    addons({ "aws-ebs-csi-driver": { podIdentity: { "ebs-csi-controller-sa": { policies: [POLICY] } } } }),
    `${EKS}.addons.aws-ebs-csi-driver.podIdentity`,
    /is set up by the program/,
    addons({ "aws-ebs-csi-driver": { configuration: { controller: { replicaCount: 1 } } } }),
  ],
  [
    "a configuration of what AWS runs itself",
    auto({ addons: { "vpc-cni": { configuration: { env: {} } } } }),
    `${EKS}.addons.vpc-cni.configuration`,
    /has no place beside autoMode/,
    auto({ addons: { "metrics-server": { configuration: { replicas: 1 } } } }),
  ],
  [
    "a kube-proxy that is newer than its cluster",
    addons({ "kube-proxy": "v1.36.0-eksbuild.13" }),
    `${EKS}.addons.kube-proxy`,
    /must be of the cluster's Kubernetes, 1\.35, or at most three/,
    addons({ "kube-proxy": "v1.34.6-eksbuild.18" }),
  ],
  [
    "a kube-proxy that is much older",
    addons({ "kube-proxy": { version: "v1.28.0-eksbuild.1" } }),
    `${EKS}.addons.kube-proxy.version`,
    /at most three minor versions older/,
    addons({ "kube-proxy": { version: "v1.35.3-eksbuild.18" } }),
  ],

  // Tags.
  [
    "tags that are AWS's",
    tags({ "aws:owner": "me" }),
    'aws:defaultTags.tags["aws:owner"]',
    /AWS keeps those that begin with aws:/,
    tags({ owner: "me", "team:aws": "us" }),
  ],
  [
    "the same in capitals",
    tags({ "AWS:owner": "me" }),
    'aws:defaultTags.tags["AWS:owner"]',
    /AWS keeps/,
    tags({ awsowner: "me" }),
  ],
  [
    "a tag with what IAM does not take",
    tags({ "cost*center": "x" }),
    'aws:defaultTags.tags["cost*center"]',
    /has a wrong name: it must have letters, digits, blanks and _ \. : \/ = \+ - @ alone/,
    tags({ "Kostenstelle Größe/1": "x" }),
  ],
  ["a tag without a name", tags({ "": "x" }), 'aws:defaultTags.tags[""]', /has a wrong name/, tags({ a: "" })],
  [
    "a tag with a name that is too long",
    tags({ ["k".repeat(129)]: "x" }),
    `aws:defaultTags.tags.${"k".repeat(129)}`,
    /has a wrong name: it must have at most 128 characters/,
    tags({ ["k".repeat(128)]: "x" }),
  ],
  [
    "a tag that says what IAM does not take",
    tags({ owner: "us, and them" }),
    "aws:defaultTags.tags.owner",
    /must have letters, digits, blanks/,
    tags({ owner: "us and them", since: 2026, shared: true }),
  ],
  [
    "a tag that says too much",
    tags({ owner: "v".repeat(257) }),
    "aws:defaultTags.tags.owner",
    /must have at most 256 characters/,
    tags({ owner: "v".repeat(256) }),
  ],
  ["a tag that is a list", tags({ owner: [] }), "aws:defaultTags.tags.owner", /must be a text/, tags({ owner: "me" })],
  [
    "the program's own tag in other letters",
    tags({ name: "mesh" }),
    "aws:defaultTags.tags.name",
    /must not be Name in other letters/,
    tags({ Name: "mesh", names: "mesh" }),
  ],
  [
    "a tag twice in other letters",
    tags({ team: "us", Team: "us" }),
    "aws:defaultTags.tags.Team",
    /is team in other letters, and IAM does not tell the two apart/,
    tags({ team: "us" }),
  ],
  [
    "more tags than AWS takes beside the program's own",
    tags(Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`tag-${index}`, "x"]))),
    "aws:defaultTags.tags",
    /must have at most 47 tags: AWS takes 50 for each resource, and the program has up to 3 of its own/,
    tags(Object.fromEntries(Array.from({ length: 47 }, (_, index) => [`tag-${index}`, "x"]))),
  ],
  [
    "tags that nobody reads",
    file({}, { "aws:defaultTags": { team: "mesh" } }),
    "aws:defaultTags.team",
    /is no setting; there are tags/,
    tags({ team: "mesh" }),
  ],

  // Lengths.
  [
    "a NodeConfig that is too long for a machine",
    nodes({ nodeConfig: { containerd: { config: "x".repeat(16_384) } } }),
    `${EKS}.nodes.default.nodeConfig`,
    /must be shorter: it makes \d{5} bytes of user data, and EC2 takes 16384/,
    nodes({ nodeConfig: { containerd: { config: "x".repeat(16_000) } } }),
  ],
  [
    "settings of Bottlerocket that are too long for a machine",
    bottlerocket({ settings: { motd: "x".repeat(16_384) } }),
    `${EKS}.nodes.default.settings`,
    /must be shorter: it makes \d{5} bytes of user data, and EC2 takes 16384/,
    bottlerocket({ settings: { motd: "x".repeat(16_300) } }),
  ],
  [
    "a boundary that is too long for IAM",
    file({ iam: { permissionsBoundary: POLICY.padEnd(2049, "y") } }),
    `${EKS}.iam.permissionsBoundary`,
    /must have at most 2048 characters, which is AWS's limit/,
    file({ iam: { permissionsBoundary: POLICY.padEnd(2048, "y") } }),
  ],
  [
    "a policy of nodes that is too long",
    file({ nodePolicies: [POLICY.padEnd(2049, "y")] }),
    `${EKS}.nodePolicies[0]`,
    /must have at most 2048 characters/,
    file({ nodePolicies: [POLICY.padEnd(2048, "y")] }),
  ],
  [
    "a key that is too long for the cluster's tag",
    file({ encryptionKey: KEY.padEnd(257, "0") }),
    `${EKS}.encryptionKey`,
    /must have at most 256 characters/,
    file({ encryptionKey: KEY.padEnd(256, "0") }),
  ],
];

describe("what AWS would refuse", () => {
  it.each(rows)("%s", (_wrong, wrong, path, reason, right) => {
    expect(settingsProblems(right)).toEqual([]);
    const problems = settingsProblems(wrong);
    expect(problems[0]).toEqual({ path, reason: expect.stringMatching(reason) as string });
    expect(new Set(problems.map((problem) => problem.reason)).size).toBe(1);
  });

  it.each(["al2023", "bottlerocket"])("is said of settings of %s that no document can hold, too", (os) => {
    const deep = Array.from({ length: 1200 }).reduce<Fields>((inner) => ({ a: inner }), { a: 1 });
    const problems = settingsProblems(nodes({ os, [os === "al2023" ? "nodeConfig" : "settings"]: deep }));
    expect(problems.map(({ reason }) => reason)).toContain("is nested more than 100 levels deep");
  });

  it("is said all at once", () => {
    const paths = settingsProblems({
      ...file({
        access: { ci: { ...admin, namespaces: ["bookinfo"] } },
        publicAccess: ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"],
        network: { zones: ["a", "z"], cidr: "224.0.0.0/16" },
        nodes: { default: { ...group, instanceTypes: ["m7g.lagre"], labels: { "kubernetes.io/role": "x" } } },
        version: "1.99",
        addons: addonsOf("1.99"),
      }),
      "aws:defaultTags": JSON.stringify({ tags: { "aws:owner": "me" } }),
    }).map(({ path }) => path);
    expect(paths).toEqual(
      [
        'aws:defaultTags.tags["aws:owner"]',
        `${EKS}.access`,
        `${EKS}.network.cidr`,
        `${EKS}.network.zones[1]`,
        `${EKS}.nodes.default.instanceTypes[0]`,
        `${EKS}.nodes.default.labels["kubernetes.io/role"]`,
        ...[0, 1, 2, 3].map((index) => `${EKS}.publicAccess[${index}]`),
        `${EKS}.version`,
      ].sort((a, b) => a.localeCompare(b)),
    );
  });

  it("is not an instance type of a family that came after the list", () => {
    expect(settingsProblems(types("m10g.large"))).toEqual([]);
  });

  it("is told with the day of the list", () => {
    expect(settingsProblems(types("m7g.lagre"))[0]?.reason).toContain(asOf);
    expect(settingsProblems(version("1.99"))[0]?.reason).toContain(eksSupport.asOf);
  });
});

describe("the pins", () => {
  it("are of a version that EKS has in standard support", () => {
    expect(Object.keys(eksSupport.standardUntil)).toContain(pins.kubernetes);
  });
});
