import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { ipv6Policy, ipv6SubnetCidr } from "../../../../components/cluster/eks/ipv6.ts";

const KINDS = ["private", "public"] as const;
const PLACES = [0, 1, 2];

/** What AWS gives to a VPC: a /56. */
const vpcs = fc
  .tuple(fc.integer({ min: 0x2000, max: 0x3fff }), fc.nat(0xffff), fc.nat(0xffff), fc.nat(0xff))
  .map(([a, b, c, d]) => new ipaddr.IPv6([a, b, c, d * 256, 0, 0, 0, 0]).toString());

describe("the IPv6 ranges of subnets", () => {
  it("are /64s, by the place of their zone", () => {
    const of = (kind: "private" | "public") =>
      PLACES.map((place) => ipv6SubnetCidr("2a05:d018:12:3400::/56", kind, place));
    expect(of("private")).toEqual(["2a05:d018:12:3400::/64", "2a05:d018:12:3401::/64", "2a05:d018:12:3402::/64"]);
    expect(of("public")).toEqual(["2a05:d018:12:3480::/64", "2a05:d018:12:3481::/64", "2a05:d018:12:3482::/64"]);
  });

  it("lie in the VPC's, whatever it is, and share no address", () => {
    fc.assert(
      fc.property(vpcs, (vpc) => {
        const all = KINDS.flatMap((kind) => PLACES.map((place) => ipv6SubnetCidr(`${vpc}/56`, kind, place)));
        expect(new Set(all).size).toBe(all.length);
        for (const range of all) {
          const [address, prefix] = ipaddr.IPv6.parseCIDR(range);
          expect(prefix).toBe(64);
          expect(address.match(ipaddr.IPv6.parse(vpc), 56), range).toBe(true);
          expect(ipaddr.IPv6.networkAddressFromCIDR(range).toString()).toBe(address.toString());
        }
      }),
    );
  });
});

describe("the network plugin's policy for IPv6", () => {
  it("has the calls that the plugin names for it, in the region's part of AWS", () => {
    const [calls, tags] = ipv6Policy("us-gov-west-1").Statement;
    // https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md#ipv6-mode
    expect(calls?.Action.toSorted()).toEqual([
      "ec2:AssignIpv6Addresses",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:ModifyNetworkInterfaceAttribute",
    ]);
    expect(tags).toEqual({
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: "arn:aws-us-gov:ec2:*:*:network-interface/*",
    });
  });
});
