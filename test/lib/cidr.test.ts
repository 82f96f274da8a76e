import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressesIn,
  areStrangers,
  boundsOf,
  isIpv6Network,
  isReservedIpv6,
  isWithin,
  MOST_KNOWN_ADDRESSES,
} from "../../lib/cidr.ts";

const halves = (prefix: number) =>
  Array.from({ length: 2 ** prefix }, (_, index) => `${Math.floor((index * 256) / 2 ** prefix)}.0.0.0/${prefix}`);

/** Small ranges close to each other, so that they overlap and touch. */
const ranges = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 26, max: 32 })).map(([address, prefix]) => {
    const size = 2 ** (32 - prefix);
    return `203.0.113.${Math.floor(address / size) * size}/${prefix}`;
  }),
  { maxLength: 6 },
);

describe("addresses in ranges", () => {
  it.each([
    [[], 0],
    [["203.0.113.7/32"], 1],
    [["0.0.0.0/0"], 2 ** 32],
    [["10.0.0.0/8", "10.1.0.0/16"], 2 ** 24],
    [["10.1.0.0/16", "10.0.0.0/8"], 2 ** 24],
    [["10.0.0.0/9", "10.128.0.0/9"], 2 ** 24],
    [["255.255.255.255/32", "0.0.0.0/32"], 2],
  ])("%j are %d", (list, count) => {
    expect(addressesIn(list)).toBe(count);
  });

  it("are counted once each, however ranges overlap", () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const all = new Set<number>();
        for (const { first, last } of list.map(boundsOf)) for (let at = first; at <= last; at += 1) all.add(at);
        expect(addressesIn(list)).toBe(all.size);
      }),
    );
  });
});

describe("strangers", () => {
  it.each([0, 1, 2, 3, 5, 7])("are the internet in parts of /%d", (prefix) => {
    expect(areStrangers(halves(prefix))).toBe(true);
  });

  it("are more than a /8, and not a /8", () => {
    expect(MOST_KNOWN_ADDRESSES).toBe(addressesIn(["8.0.0.0/8"]));
    expect(areStrangers(["8.0.0.0/8"])).toBe(false);
    expect(areStrangers(["8.0.0.0/8", "203.0.113.7/32"])).toBe(true);
    expect(areStrangers(["8.0.0.0/9", "9.0.0.0/9", "8.1.0.0/16"])).toBe(false);
  });
});

describe("ranges of IPv6", () => {
  it.each(["2001:db8::/32", "2001:db8::1/128", "::/0", "fd00::/8", "2a05:d018:12:3400::/56"])(
    "are such as %s",
    (range) => {
      expect(isIpv6Network(range)).toBe(true);
    },
  );

  it.each(["2001:db8::1/32", "2001:db8::", "2001:db8::/129", "10.0.0.0/8", "fe80::%eth0/64", "everyone"])(
    "are none such as %s",
    (range) => {
      expect(isIpv6Network(range)).toBe(false);
    },
  );

  it.each([
    ["fc00::/7", true],
    ["fe80::/10", true],
    ["::1/128", true],
    ["ff00::/8", true],
    ["4000::/3", true],
    ["::/0", false],
    ["2000::/3", false],
    ["2a05:d018::/32", false],
    ["3fff:ffff::/32", false],
  ])("that nobody has on the internet: %s, %s", (range, isReserved) => {
    expect(isReservedIpv6(range)).toBe(isReserved);
  });

  it("are strangers from a /12 on, in however many parts, by themselves and not beside IPv4", () => {
    expect(areStrangers(["2600::/12"])).toBe(true);
    expect(areStrangers(["::/0"])).toBe(true);
    expect(areStrangers(["2600::/13"])).toBe(false);
    expect(areStrangers(["2600::/13", "2600::/14", "2600:1::/32"])).toBe(false);
    expect(areStrangers(["2600::/13", "2a05::/32"])).toBe(true);
    expect(areStrangers(["2600::/13", "8.0.0.0/8"])).toBe(false);
    expect(areStrangers(["2001:db8::/32", "8.0.0.0/7"])).toBe(true);
  });
});

describe("a range", () => {
  it.each([
    ["10.1.0.0/16", true],
    ["10.0.0.0/8", true],
    ["10.0.0.0/7", false],
    ["9.0.0.0/8", false],
    ["192.168.7.1/32", true],
  ])("%s is within the private ones: %s", (range, expected) => {
    expect(isWithin(range, ["10.0.0.0/8", "192.168.0.0/16"])).toBe(expected);
  });
});
