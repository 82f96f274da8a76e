import { fieldValues } from "../../../../policies/rules/several-kinds/field-values.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule, peerAuthentication, serviceEntry, virtualService, wasmPlugin } from "../../valid.ts";

const ROUTE = "spec.http[0]";

testRule(
  fieldValues,
  [
    virtualService,
    [
      ["a duration without a unit", { [`${ROUTE}.timeout`]: "5" }],
      ["a duration with a space", { [`${ROUTE}.timeout`]: "5 s" }],
      ["a duration in days", { [`${ROUTE}.timeout`]: "1d" }],
      ["a duration of less than 1 ms", { [`${ROUTE}.timeout`]: "0.5ms" }],
      ["no duration", { [`${ROUTE}.timeout`]: "0s" }],
      ["a negative duration", { [`${ROUTE}.timeout`]: "-5s" }],
      ["a duration finer than 1 ms", { [`${ROUTE}.timeout`]: "1.0005s" }],
      ["a duration beyond all years", { [`${ROUTE}.timeout`]: "9999999h" }],
      ["a duration in several units", { [`${ROUTE}.timeout`]: "1h2m3.5s" }, []],
      ["two ways to match", { [`${ROUTE}.match[0].uri.exact`]: "/" }, [`${ROUTE}.match[0].uri.prefix`]],
      ["a number that is too big", { [`${ROUTE}.retries.attempts`]: 2 ** 31 }],
      ["a number that is too small", { [`${ROUTE}.match[0].port`]: -1 }],
      [
        "bytes that are none",
        { "spec.http[3].directResponse.body": { bytes: "ä" } },
        ["spec.http[3].directResponse.body.bytes"],
      ],
    ],
  ],
  [
    destinationRule,
    [
      ["a word in the wrong case", { "spec.trafficPolicy.tls.mode": "mutual" }],
      ["idle connections that stay", { "spec.trafficPolicy.connectionPool.tcp.idleTimeout": "0s" }, []],
      ["idle connections that stay less than that", { "spec.trafficPolicy.connectionPool.tcp.idleTimeout": "-1s" }],
      ["a percentage above 100", { "spec.trafficPolicy.loadBalancer.warmup.minimumPercent": 101 }],
    ],
  ],
  [
    serviceEntry,
    [
      ["no item", { "spec.hosts": [] }],
      ["an item twice", { "spec.ports[1].name": "https" }],
      ["a text that is too long", { "spec.endpoints[0].address": "a".repeat(257) }],
    ],
  ],
  [peerAuthentication, [["an empty map", { "spec.portLevelMtls": {} }]]],
  [
    wasmPlugin,
    [
      ["a text that is empty", { "spec.pluginName": "" }],
      ["a text that does not fit", { "spec.sha256": "A".repeat(64) }],
    ],
  ],
);
