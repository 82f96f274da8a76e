import { describe, expect, it } from "vitest";
import { parseSettings, settingsProblems } from "../../settings/parse.ts";
import { resolved } from "../../settings/resolved.ts";
import { inStackFile } from "./stackFile.ts";

type Fields = Record<string, unknown>;

const admin = { principal: "arn:aws:iam::111122223333:role/ci", level: "cluster-admin" };
const group = { instanceTypes: ["m7i.large"], architecture: "amd64", min: 2, max: 4 };
const theirs = { vpcId: "vpc-0a1b2c3d4e5f67890", privateSubnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"] };

/** A stack whose cluster has IPv6, which is right but for what is said. */
const ipv6 = (eks: Fields = {}, nlb?: Fields, network: Fields = {}) => ({
  cluster: {
    eks: { access: { ci: admin }, nodes: { default: group }, network: { ipFamily: "ipv6", ...network }, ...eks },
  },
  ...(nlb && { istio: { ingressGateway: { nlb } } }),
});
const ipv4 = (eks: Fields = {}, nlb?: Fields, network: Fields = {}) => ipv6({ network, ...eks }, nlb);
const types = (...instanceTypes: string[]) => ipv6({ nodes: { default: { ...group, instanceTypes } } });
const plugin = (env: Fields) => ipv6({ addons: { "vpc-cni": { configuration: { env } } } });
/** A mesh in a cluster that is there, or of another stack. */
const outside = (nlb: Fields, istio: Fields = {}, cluster: Fields = { context: "prod" }) => ({
  cluster,
  istio: { ...istio, ingressGateway: { nlb } },
});
const six = { ipFamily: "ipv6" };
const referenced = { stackReference: "acme/mesh/prod-cluster" };

const problems = (settings: object, region = "eu-west-1") =>
  settingsProblems({ "aws:region": region, ...inStackFile(settings) });

const EKS = "mesh:cluster.eks";
const NLB = "mesh:istio.ingressGateway.nlb";
const ENV = `${EKS}.addons.vpc-cni.configuration.env`;

describe("IPv6", () => {
  it.each<[what: string, settings: object]>([
    ["a VPC that is made", ipv6()],
    ["a VPC that is there", ipv6({}, undefined, theirs)],
    [
      "no way to the internet",
      ipv6({}, undefined, {
        nat: "none",
        endpoints: ["s3", "ecr", "sts", "ec2", "eks", "eks-auth", "elasticloadbalancing", "logs"],
      }),
    ],
    ["Auto Mode", { cluster: { eks: { access: { ci: admin }, autoMode: true, network: { ipFamily: "ipv6" } } } }],
    ["Karpenter", ipv6({ autoscaler: { name: "karpenter", limits: { cpu: 100 } } })],
    [
      "a load balancer on the internet, with callers of both kinds",
      ipv6({}, { scheme: "internet-facing", sourceRanges: ["198.51.100.0/24", "2001:db8::/32"] }),
    ],
    ["the type of the load balancer said", ipv6({}, { ipAddressType: "dualstack" })],
    ["a cluster that is there", outside({ ipAddressType: "dualstack", sourceRanges: ["2001:db8::/32"] }, six)],
    ["the cluster of another stack", outside({ sourceRanges: ["2001:db8::/32"] }, six, referenced)],
    [
      "a load balancer in subnets of another's VPC alone",
      ipv4({}, { ipAddressType: "dualstack", sourceRanges: ["2001:db8::/32"] }, theirs),
    ],
    [
      "a load balancer alone, where nothing is known of the cluster",
      outside({ ipAddressType: "dualstack" }, {}, referenced),
    ],
  ])("may be had with %s", (_what, settings) => {
    expect(problems(settings)).toEqual([]);
  });

  it.each<[wrong: string, wrong: object, path: string, reason: RegExp, right: object]>([
    [
      "a family that there is not",
      ipv6({}, undefined, { ipFamily: "dualstack" }),
      `${EKS}.network.ipFamily`,
      /must be ipv4 or ipv6/,
      ipv6(),
    ],
    [
      "a range for pods",
      ipv6({}, undefined, { podCidr: "100.64.0.0/16" }),
      `${EKS}.network.podCidr`,
      /has no place beside ipFamily: ipv6/,
      ipv4({}, undefined, { podCidr: "100.64.0.0/16" }),
    ],
    [
      "types without prefixes",
      types("m7i.large", "m4.large"),
      `${EKS}.nodes.default.instanceTypes[1]`,
      /does not run on AWS's Nitro, .* such as m7i\.large/,
      types("m7i.large", "m5.large"),
    ],
    [
      "machines that look like them",
      types("i3.large"),
      `${EKS}.nodes.default.instanceTypes[0]`,
      /Nitro/,
      types("i3.metal"),
    ],
    [
      "addresses one by one",
      plugin({ ENABLE_PREFIX_DELEGATION: "false" }),
      `${ENV}.ENABLE_PREFIX_DELEGATION`,
      /must be "true" with ipFamily: ipv6; leave it out/,
      plugin({ ENABLE_PREFIX_DELEGATION: "true" }),
    ],
    [
      "IPv4 in the network plugin",
      plugin({ ENABLE_IPv4: "true" }),
      `${ENV}.ENABLE_IPv4`,
      /must be "false"/,
      plugin({}),
    ],
    [
      "another network in the plugin",
      plugin({ AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: true }),
      `${ENV}.AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG`,
      /must be "false"/,
      plugin({ WARM_ENI_TARGET: "1" }),
    ],
    [
      "a load balancer without it",
      ipv6({}, { ipAddressType: "ipv4" }),
      `${NLB}.ipAddressType`,
      /must be dualstack: it reaches pods by IPv6/,
      ipv6({}, {}),
    ],
    [
      "such a load balancer of a cluster that is there",
      outside({ ipAddressType: "ipv4" }, six),
      `${NLB}.ipAddressType`,
      /must be dualstack/,
      outside({}, six),
    ],
    [
      "a load balancer in a VPC that has none",
      ipv4({}, { ipAddressType: "dualstack" }),
      `${NLB}.ipAddressType`,
      /must be ipv4: the VPC .* has no ranges of IPv6/,
      ipv4({}, { ipAddressType: "ipv4" }),
    ],
    [
      "callers who do not get there",
      ipv4({}, { sourceRanges: ["198.51.100.0/24", "2001:db8::/32"] }),
      `${NLB}.sourceRanges[1]`,
      /is a range of IPv6, from which nobody .*: leave it out$/,
      ipv4({}, { sourceRanges: ["198.51.100.0/24"] }),
    ],
    [
      "such callers of another stack's cluster",
      outside({ sourceRanges: ["2001:db8::/32"] }, {}, referenced),
      `${NLB}.sourceRanges[0]`,
      /set ipAddressType to dualstack/,
      outside({ ipAddressType: "dualstack", sourceRanges: ["2001:db8::/32"] }, {}, referenced),
    ],
    [
      "callers from within a range",
      ipv6({}, { sourceRanges: ["2001:db8::1/32"] }),
      `${NLB}.sourceRanges[0]`,
      /must be a range of addresses that starts where its prefix says/,
      ipv6({}, { sourceRanges: ["2001:db8::1/128"] }),
    ],
    [
      "the API server of a cluster without it",
      ipv4({ publicAccess: ["2001:db8::/32"] }),
      `${EKS}.publicAccess[0]`,
      /EKS takes for clusters of ipFamily: ipv6 alone/,
      ipv6({ publicAccess: ["2001:db8::/32", "203.0.113.7/32"] }),
    ],
    [
      "an API server that is open to all",
      ipv6({ publicAccess: ["::/0"] }),
      `${EKS}.publicAccess[0]`,
      /must not let in more than a \/8, or a \/13 of IPv6/,
      ipv6({ publicAccess: ["2600::/13"] }),
    ],
    [
      "an API server that is open to all in parts",
      ipv6({ publicAccess: ["2600::/13", "2a00::/13"] }),
      `${EKS}.publicAccess`,
      /or a \/13 of IPv6/,
      ipv6({ publicAccess: ["2600::/14", "2a00::/14"] }),
    ],
    [
      "an API server for addresses of nobody",
      ipv6({ publicAccess: ["fd00::/16"] }),
      `${EKS}.publicAccess[0]`,
      /nobody's on the internet/,
      ipv6({ publicAccess: ["2a05:d018::/32"] }),
    ],
    [
      "a VPC with a range of it",
      ipv6({}, undefined, { cidr: "fd00::/16" }),
      `${EKS}.network.cidr`,
      /must be a range of IPv4/,
      ipv6({}, undefined, { cidr: "10.1.0.0/16" }),
    ],
    [
      "another family for the mesh than for its cluster",
      { ...ipv6(), istio: { ipFamily: "ipv4" } },
      "mesh:istio.ipFamily",
      /must be ipv6, which this cluster has; leave it out/,
      { ...ipv6(), istio: six },
    ],
    [
      "a mesh that has it without its cluster",
      { ...ipv4(), istio: six },
      "mesh:istio.ipFamily",
      /must be ipv4, which this cluster has/,
      { ...ipv4(), istio: { ipFamily: "ipv4" } },
    ],
  ])("may not be had with %s", (_wrong, wrong, path, reason, right) => {
    expect(problems(right)).toEqual([]);
    expect(problems(wrong)).toEqual([{ path, reason: expect.stringMatching(reason) as string }]);
  });

  it("is not to be had in China, where EKS has none", () => {
    const cn = JSON.parse(JSON.stringify(ipv6()).replaceAll("arn:aws:", "arn:aws-cn:")) as object;
    const reason = expect.stringMatching(/must be ipv4 there/) as string;
    expect(problems(cn, "cn-north-1")).toEqual([{ path: `${EKS}.network.ipFamily`, reason }]);
  });

  it("is what the mesh is told of, whosever cluster it is", () => {
    const familyOf = (settings: Fields) => {
      const parsed = parseSettings(settings, { region: "eu-west-1" });
      if (!("settings" in parsed)) throw new Error(JSON.stringify(parsed.problems));
      return resolved(parsed.settings, { project: "mesh", stack: "dev", region: "eu-west-1" }).istio.ipFamily ?? "ipv4";
    };
    for (const settings of [
      ipv6(),
      ipv6({}, undefined, theirs),
      outside({}, six),
      { cluster: referenced, istio: six },
    ]) {
      expect(familyOf(settings)).toBe("ipv6");
    }
    for (const settings of [{}, ipv4(), { cluster: referenced }]) expect(familyOf(settings)).toBe("ipv4");
  });
});
