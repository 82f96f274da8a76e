import { describe, expect, it } from "vitest";
import { envoyTakesPatch } from "../../../../policies/rules/envoy-filter/envoy-takes-patch.ts";
import { changed } from "../../changes.ts";
import { meshObject, tokenOf } from "../../judge.ts";
import { testRule } from "../../testRule.ts";
import { envoyFilter } from "../../valid.ts";

const filter = "spec.configPatches[0].patch.value";
const cluster = "spec.configPatches[1].patch.value";
const fault = "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault";
const rateLimit = "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit";

const withSettings = (settings: object) => changed(envoyFilter, { [`${filter}.typed_config`]: settings });
const limited = withSettings({
  "@type": rateLimit,
  stat_prefix: "shop",
  token_bucket: { max_tokens: 10, tokens_per_fill: 10, fill_interval: "1s" },
});
const inStruct = withSettings({
  "@type": "type.googleapis.com/xds.type.v3.TypedStruct",
  type_url: rateLimit,
  value: { stat_prefix: "shop", token_bucket: { max_tokens: 10, fill_interval: "1s" } },
});
const routed = changed(envoyFilter, {
  "spec.configPatches[0].applyTo": "HTTP_ROUTE",
  "spec.configPatches[0].match": { context: "GATEWAY" },
  [filter]: { match: { prefix: "/" }, direct_response: { status: 418 } },
});
/** Istio's agent fetches the program and tells Envoy of a file. */
const wasm = changed(envoyFilter, {
  "spec.configPatches[0].applyTo": "EXTENSION_CONFIG",
  "spec.configPatches[0].match": { context: "SIDECAR_INBOUND" },
  "spec.configPatches[0].patch": {
    operation: "ADD",
    value: {
      name: "a",
      typed_config: {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
        config: { vm_config: { code: { remote: { http_uri: { uri: "https://a.example.com/a.wasm" } } } } },
      },
    },
  },
});
const settings = `${filter}.typed_config`;

testRule(
  envoyTakesPatch,
  [
    envoyFilter,
    [
      ["a filter without a name", { [`${filter}.name`]: undefined }],
      ["a filter whose name is empty", { [`${filter}.name`]: "" }],
      ["a duration of nothing that is merged", { [`${cluster}.connect_timeout`]: "0s" }],
      ["the same in camel case", { [cluster]: { connectTimeout: "-1s" } }, [`${cluster}.connectTimeout`], "by name"],
      // The cluster that it is merged into has a name, and a kind of discovery.
      ["what is merged into a whole cluster", { [cluster]: { name: "", circuit_breakers: {} } }, []],
    ],
  ],
  [
    limited,
    [
      ["no prefix for statistics", { [`${settings}.stat_prefix`]: undefined }],
      ["an interval that is required", { [`${settings}.token_bucket.fill_interval`]: undefined }],
      ["a number in quotes", { [`${settings}.token_bucket.tokens_per_fill`]: "0" }],
      ["a number in a message that need not be there", { [`${settings}.token_bucket.tokens_per_fill`]: undefined }, []],
      ["a number in a message that is 0", { [`${settings}.token_bucket.tokens_per_fill`]: 0 }],
      ["a number that is too large", { [`${settings}.stage`]: 11 }],
      [
        "an item of a list",
        { [`${settings}.descriptors`]: [{ entries: [] }] },
        [`${settings}.descriptors[0].entries`, `${settings}.descriptors[0].token_bucket`],
        "by name",
      ],
    ],
  ],
  [
    inStruct,
    [
      ["what is required in a struct", { [`${settings}.value.stat_prefix`]: undefined }],
      ["a list in place of a map in a struct", { [`${settings}.value.token_bucket`]: [] }],
      [
        "a word that is none in a struct",
        { [`${settings}.value.status`]: { code: "Nope" } },
        [`${settings}.value.status.code`],
        "by name",
      ],
      // Envoy reads structs with another library than istiod.
      ["a word in small letters in a struct", { [`${settings}.value.status`]: { code: "ok" } }, []],
      [
        "a flag in quotes in a struct",
        { [`${settings}.value.local_rate_limit_per_downstream_connection`]: "true" },
        [],
      ],
      ["a number in a struct", { [`${settings}.value.token_bucket.tokens_per_fill`]: 0 }],
    ],
  ],
  [wasm, [["an extension without a name", { [`${filter}.name`]: undefined }]]],
  [
    routed,
    [
      ["a route without a match", { [`${filter}.match`]: undefined }],
      ["a match of nothing", { [`${filter}.match`]: {} }, [`${filter}.match`], "by name"],
      ["a route to nowhere", { [`${filter}.direct_response`]: undefined }, [filter], "by name"],
      [
        "a number that would be 0",
        { [`${filter}.direct_response`]: {} },
        [`${filter}.direct_response.status`],
        "by name",
      ],
      ["a status that there is not", { [`${filter}.direct_response.status`]: 600 }],
      ["another kind of match", { [`${filter}.match`]: { path: "/" } }, []],
    ],
  ],
);

describe("the way out", () => {
  const messages = (changes: Parameters<typeof changed>[1]) => {
    const object = meshObject(tokenOf(limited), "shop", changed(limited, changes));
    return [...envoyTakesPatch.check(object)].map(({ message }) => message);
  };

  it.each<[path: string, value: unknown, message: string]>([
    ["token_bucket.tokens_per_fill", 0, "use a number above 0: Envoy takes no other"],
    ["stage", 11, "use a number of at most 10: Envoy takes no other"],
    ["token_bucket.fill_interval", "0s", "use a duration above 0s: Envoy takes no other"],
    ["stat_prefix", undefined, "set stat_prefix: Envoy takes no LocalRateLimit without it"],
  ])("is said: %s", (path, value, message) => {
    expect(messages({ [`${settings}.${path}`]: value })).toEqual([message]);
  });

  it.each([
    [
      "few",
      { abort: {} },
      "set one of http_status, grpc_status and header_abort: Envoy takes no FaultAbort without it",
    ],
    ["all", { abort: { http_status: 100 } }, "use a number of at least 200 and below 600: Envoy takes no other"],
  ])("names %s", (_what, more, message) => {
    expect(messages({ [settings]: { "@type": fault, ...more } })).toEqual([message]);
  });
});
