import { serviceEntryEndpoints } from "../../../../policies/rules/service-entry/service-entry-endpoints.ts";
import { testRule } from "../../testRule.ts";
import { serviceEntry, staticServiceEntry } from "../../valid.ts";

testRule(
  serviceEntryEndpoints,
  [
    serviceEntry,
    [
      ["endpoints and a selector", { "spec.workloadSelector": { labels: { a: "b" } } }, ["spec.endpoints"]],
      ["endpoints of nothing to resolve", { "spec.resolution": "NONE" }, ["spec.endpoints"]],
      ["endpoints of no resolution", { "spec.resolution": undefined }, ["spec.endpoints"]],
      [
        "two to take turns",
        { "spec.resolution": "DNS_ROUND_ROBIN", "spec.endpoints[1]": { address: "a.example.com" } },
        ["spec.endpoints"],
      ],
      ["no name to look up", { "spec.endpoints[0].address": "a_b" }],
      ["no address", { "spec.endpoints[0].address": undefined }],
      ["a port that the host has not", { "spec.endpoints[0].ports": { other: 1 } }, ["spec.endpoints[0].ports.other"]],
      ["an empty port, which the API server drops", { "spec.endpoints[0].ports": { other: null } }, []],
      ["a port that can not be", { "spec.endpoints[0].ports.https": 0 }],
      ["a label with a space", { "spec.endpoints[0].labels.region": "a b" }],
    ],
  ],
  [
    staticServiceEntry,
    [
      ["a name to look up", { "spec.endpoints[0].address": "a.example.com" }],
      ["a socket with ports", { "spec.endpoints[1].ports": { mysql: 3306 } }],
      ["a socket for two ports", { "spec.ports[1]": { number: 80, name: "http" } }, ["spec.endpoints[1].address"]],
      ["a socket that is nowhere", { "spec.endpoints[1].address": "unix://mysql.sock" }],
    ],
  ],
);
