import { consistentHashes } from "../../../../policies/rules/destination-rule/consistent-hashes.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

const policy = "spec.trafficPolicy";

testRule(consistentHashes, [
  destinationRule,
  [
    ["a cookie without a name", { [`${policy}.loadBalancer.consistentHash.httpCookie.name`]: "" }],
    ["an attribute without a name", { [`${policy}.loadBalancer.consistentHash.httpCookie.attributes[0].name`]: "" }],
    [
      "an attribute twice",
      { [`${policy}.loadBalancer.consistentHash.httpCookie.attributes[1]`]: { name: "SameSite" } },
      [`${policy}.loadBalancer.consistentHash.httpCookie.attributes[1].name`],
    ],
    ["two sizes", { [`${policy}.loadBalancer.consistentHash.minimumRingSize`]: 1024 }],
    ["a table of no size", { [`${policy}.loadBalancer.consistentHash.maglev.tableSize`]: 0 }],
    ["a table of no prime", { [`${policy}.loadBalancer.consistentHash.maglev.tableSize`]: 65535 }],
    ["a table that is too big", { [`${policy}.loadBalancer.consistentHash.maglev.tableSize`]: 5_000_011 }],
  ],
]);
