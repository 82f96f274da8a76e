import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import {
  isForVpc,
  isReserved,
  maxZones,
  podRangeOf,
  podRangeProblem,
  podSubnetCidrs,
  sizeOf,
  subnetCidrs,
  vpcPrefix,
} from "../../../../components/cluster/eks/cidrs.ts";
import { isNetwork, isWithin, overlap } from "../../../../lib/cidr.ts";

const ZONES = ["a", "b", "c"];

/** Any VPC that is big enough. */
const vpcs = fc
  .tuple(fc.integer({ min: vpcPrefix.min, max: vpcPrefix.max }), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
  .map(([prefix, address]) => {
    const first = Math.floor(address / sizeOf(prefix)) * sizeOf(prefix);
    return `${[24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join(".")}/${prefix}`;
  });

const rangeOf = (cidr: string) => {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const first = address.octets.reduce((number, octet) => number * 256 + octet, 0);
  return { first, last: first + sizeOf(prefix) - 1, prefix };
};
const rangesIn = (vpc: string, zones: readonly string[]) =>
  subnetCidrs(vpc, zones).flatMap((zone) => [zone.private, zone.public]);

describe("the subnets of a VPC", () => {
  it("are, of a /16 over three zones, three quarters for pods and the rest for the outside", () => {
    expect(subnetCidrs("10.0.0.0/16", ZONES)).toEqual([
      { zone: "a", place: 0, private: "10.0.0.0/18", public: "10.0.192.0/20" },
      { zone: "b", place: 1, private: "10.0.64.0/18", public: "10.0.208.0/20" },
      { zone: "c", place: 2, private: "10.0.128.0/18", public: "10.0.224.0/20" },
    ]);
  });

  it("lie inside it, start where their prefix says, and share no address", () => {
    fc.assert(
      fc.property(vpcs, (vpc) => {
        const whole = rangeOf(vpc);
        const all = rangesIn(vpc, ZONES);
        for (const cidr of all) {
          expect(isNetwork(cidr), cidr).toBe(true);
          expect(rangeOf(cidr).first).toBeGreaterThanOrEqual(whole.first);
          expect(rangeOf(cidr).last).toBeLessThanOrEqual(whole.last);
        }
        const ranges = all.map(rangeOf).sort((a, b) => a.first - b.first);
        for (const [index, range] of ranges.slice(1).entries()) {
          expect(range.first).toBeGreaterThan(ranges[index]?.last ?? Infinity);
        }
      }),
    );
  });

  it("are, of a range for pods alone, inside it, apart, and where they are whatever zones come later", () => {
    expect(podSubnetCidrs("100.64.0.0/16", ["a", "b"])).toEqual({ a: "100.64.0.0/18", b: "100.64.64.0/18" });
    fc.assert(
      fc.property(vpcs, (range) => {
        const all = Object.values(podSubnetCidrs(range, ZONES));
        for (const cidr of all) expect(podRangeOf(cidr)).toBe(range);
        expect(all.slice(0, 2)).toEqual(Object.values(podSubnetCidrs(range, ZONES.slice(0, 2))));
        for (const [index, cidr] of all.entries()) {
          expect(isNetwork(cidr) && isWithin(cidr, [range]), cidr).toBe(true);
          expect(all.some((other, at) => at !== index && overlap(cidr, other))).toBe(false);
        }
      }),
    );
  });

  it("have room for a thousand pods in every zone", () => {
    fc.assert(
      fc.property(vpcs, (vpc) => {
        for (const zone of subnetCidrs(vpc, ZONES)) expect(sizeOf(rangeOf(zone.private).prefix)).toBeGreaterThan(1000);
      }),
    );
  });

  it("stay where they are when a zone is added", () => {
    fc.assert(
      fc.property(vpcs, fc.integer({ min: 1, max: maxZones - 1 }), (vpc, zones) => {
        expect(subnetCidrs(vpc, ZONES).slice(0, zones)).toEqual(subnetCidrs(vpc, ZONES.slice(0, zones)));
      }),
    );
  });

  it.each([
    ["10.0.0.0/24", "from /16 to /20"],
    ["10.0.0.0/8", "from /16 to /20"],
    ["10.0.0.1/16", "needs an IPv4 range"],
    ["fd00::/16", "needs an IPv4 range"],
    ["ten", "needs an IPv4 range"],
  ])("are not to be had of %s", (vpc, message) => {
    expect(() => subnetCidrs(vpc, ZONES)).toThrow(message);
  });

  it("are not to be had for four zones", () => {
    expect(() => subnetCidrs("10.0.0.0/16", [...ZONES, "d"])).toThrow("there is room for 3 zones, not for 4");
  });
});

describe("the range of a VPC", () => {
  it.each(["10.0.0.0/16", "172.16.0.0/16", "172.31.0.0/20", "192.168.0.0/16", "100.64.0.0/16", "198.19.0.0/16"])(
    "may be %s",
    (range) => {
      expect(isForVpc(range)).toBe(true);
    },
  );

  it.each(["8.8.0.0/16", "224.0.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "172.32.0.0/16", "100.128.0.0/16"])(
    "may not be %s, which is somebody else's, or nobody's",
    (range) => {
      expect(isForVpc(range)).toBe(false);
    },
  );

  it.each(["172.17.0.0/16", "172.17.240.0/20"])("may not be %s, where Docker's bridges are", (range) => {
    expect(isForVpc(range)).toBe(false);
  });
});

describe("a range on the internet", () => {
  it.each(["203.0.113.7/32", "198.51.100.0/24", "192.0.2.0/24", "8.8.8.0/24", "172.32.0.0/12", "11.0.0.0/8"])(
    "may be %s",
    (range) => {
      expect(isReserved(range)).toBe(false);
    },
  );

  it.each([
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.1.0/24",
    "100.64.0.0/10",
    "127.0.0.1/32",
    "169.254.169.254/32",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "0.0.0.0/32",
  ])("is not %s", (range) => {
    expect(isReserved(range)).toBe(true);
  });
});

describe("a range for pods", () => {
  // After AWS's table of what may be added to which VPC.
  it.each([
    ["100.64.0.0/16", "10.0.0.0/16"],
    ["100.127.240.0/20", "172.16.0.0/16"],
    ["100.64.0.0/16", "192.168.0.0/20"],
    ["100.65.0.0/16", "100.64.0.0/16"],
    ["100.64.0.0/16", "198.19.0.0/16"],
    ["10.2.0.0/16", "10.0.0.0/16"],
    ["10.0.0.0/16", "10.2.0.0/16"],
    ["172.18.0.0/16", "172.16.0.0/16"],
    ["192.168.16.0/20", "192.168.0.0/20"],
  ])("may be %s in a VPC of %s", (range, vpc) => {
    expect(podRangeProblem(range, vpc)).toBeUndefined();
  });

  it.each([
    ["10.0.0.0/16", "10.0.0.0/16", "must not overlap 10.0.0.0/16"],
    ["10.0.16.0/20", "10.0.0.0/16", "must not overlap 10.0.0.0/16"],
    ["10.0.0.0/16", "10.0.16.0/20", "must not overlap 10.0.16.0/20"],
    ["10.100.16.0/20", "10.0.0.0/16", "must not overlap 10.100.0.0/16"],
    ["172.20.0.0/16", "172.16.0.0/16", "must not overlap 172.20.0.0/16"],
    ["192.168.0.0/16", "10.0.0.0/16", "is none that AWS adds to a VPC of the range 10.0.0.0/16"],
    ["172.16.0.0/16", "10.0.0.0/16", "is none that AWS adds"],
    ["10.8.0.0/16", "192.168.0.0/16", "is none that AWS adds"],
    ["10.8.0.0/16", "100.64.0.0/16", "is none that AWS adds"],
    ["10.0.0.0/16", "10.1.0.0/16", "is none that AWS adds"],
    ["172.31.0.0/16", "172.16.0.0/16", "is none that AWS adds"],
    ["172.17.0.0/16", "172.16.0.0/16", "is none that AWS adds"],
    ["198.19.0.0/16", "10.0.0.0/16", "is none that AWS adds"],
    ["203.0.0.0/16", "10.0.0.0/16", "is none that AWS adds"],
  ])("may not be %s in a VPC of %s", (range, vpc, reason) => {
    expect(podRangeProblem(range, vpc)).toContain(reason);
  });
});
