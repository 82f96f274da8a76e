import { localityLoadBalancing } from "../../../../policies/rules/destination-rule/locality-load-balancing.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

const policy = "spec.trafficPolicy";
const ofPort = `${policy}.portLevelSettings[0]`;
const locality = `${policy}.loadBalancer.localityLbSetting`;
const zone = `${ofPort}.loadBalancer.zoneAwareLbSetting`;

testRule(localityLoadBalancing, [
  destinationRule,
  [
    ["shares and a failover", { [`${locality}.failover`]: [{ from: "us", to: "eu" }] }],
    [
      "shares that do not sum to 100",
      { [`${locality}.distribute[0].to["us/a/*"]`]: 70 },
      [`${locality}.distribute[0].to`],
    ],
    ["a share of nothing", { [`${locality}.distribute[0].to["us/a/*"]`]: 0 }],
    ["an asterisk within", { [`${locality}.distribute[0].from`]: "us/*/a" }],
    ["no region", { [`${locality}.distribute[0].from`]: "/a" }],
    ["a locality twice", { [`${locality}.distribute[1].from`]: "us/a" }],
    ["a locality in another", { [`${locality}.distribute[0].from`]: "*" }, [`${locality}.distribute[1].from`]],
    [
      "a failover to the same region",
      { [locality]: { failover: [{ from: "us", to: "us" }] } },
      [`${locality}.failover[0].to`],
    ],
    ["a failover of a zone", { [locality]: { failover: [{ from: "us/a", to: "eu" }] } }, [`${locality}.failover[0]`]],
    [
      "a failover in two orders",
      { [locality]: { failover: [{ from: "us", to: "eu" }], failoverPriority: ["topology.kubernetes.io/region"] } },
      [`${locality}.failoverPriority[0]`],
    ],
    ["localities and zones", { [`${policy}.loadBalancer.zoneAwareLbSetting`]: {} }],
    ["zones in an order", { [`${zone}.failoverPriority[0]`]: "topology.kubernetes.io/zone" }],
    ["a failover to all regions", { [`${zone}.failover[0].to`]: "*" }, [`${zone}.failover[0]`]],
  ],
]);
