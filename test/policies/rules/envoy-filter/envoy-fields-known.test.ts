import { describe, expect, it } from "vitest";
import { envoyFieldsKnown } from "../../../../policies/rules/envoy-filter/envoy-fields-known.ts";
import { changed } from "../../changes.ts";
import { meshObject, tokenOf } from "../../judge.ts";
import { testRule } from "../../testRule.ts";
import { envoyFilter } from "../../valid.ts";

const filter = "spec.configPatches[0].patch.value";
const cluster = "spec.configPatches[1].patch.value";
const route = "spec.configPatches[0].patch.value";

/** A filter whose settings stand in a struct, as those of filters that istiod may not know. */
const inStruct = changed(envoyFilter, {
  [`${filter}.typed_config`]: {
    "@type": "type.googleapis.com/udpa.type.v1.TypedStruct",
    type_url: "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
    value: { config: { name: "a", vm_config: { runtime: "envoy.wasm.runtime.v8" } } },
  },
});

const ofRoute = changed(envoyFilter, {
  "spec.configPatches[0].applyTo": "HTTP_ROUTE",
  "spec.configPatches[0].match": { context: "GATEWAY" },
  [route]: { route: { cluster: "a", timeout: "5s" }, typed_per_filter_config: {} },
});

testRule(
  envoyFieldsKnown,
  [
    envoyFilter,
    [
      ["a misspelt field", { [`${cluster}.conect_timeout`]: "1s" }, undefined, "by name"],
      ["a field in camel case", { [`${cluster}.lbPolicy`]: "RANDOM" }, []],
      ["a misspelt field in camel case", { [`${cluster}.lbPolicey`]: "RANDOM" }, undefined, "by name"],
      ["a field of Envoy's old API", { [`${filter}.config`]: {} }, undefined, "by name"],
      ["a misspelt field of a typed message", { [`${filter}.typed_config.inline_cod`]: "" }, undefined, "by name"],
      [
        "a type at another place",
        { [`${filter}["@type"]`]: "type.googleapis.com/google.protobuf.Empty" },
        undefined,
        "by name",
      ],
      ["a field in two spellings", { [`${cluster}.connectTimeout`]: "2s" }, [`${cluster}.connectTimeout`]],
      [
        "two fields of which one may be set",
        { [`${cluster}.type`]: "STATIC", [`${cluster}.cluster_type`]: { name: "a" } },
        [`${cluster}.cluster_type`],
      ],
      [
        "a field of a waypoint's patch",
        { "spec.configPatches[2].patch": { value: { nam: "a" } } },
        ["spec.configPatches[2].patch.value.nam"],
        "by name",
      ],
    ],
  ],
  [
    inStruct,
    [
      ["a misspelt field in a struct", { [`${filter}.typed_config.value.config.vm_confg`]: {} }, undefined, "by name"],
      ["a value that Envoy reads by itself", { [`${filter}.typed_config.value.config.fail_open`]: "true" }, []],
      ["a type that only the proxy knows", { [`${filter}.typed_config.type_url`]: "type.googleapis.com/a.b.C" }, []],
    ],
  ],
  [
    ofRoute,
    [
      ["a field below another one", { [`${route}.timeout`]: "5s" }, undefined, "by name"],
      [
        "a field of a list in a list",
        { [`${route}.route.rate_limits`]: [{ actions: [{ generic_kay: {} }] }] },
        [`${route}.route.rate_limits[0].actions[0].generic_kay`],
        "by name",
      ],
      [
        "a header in two ways",
        { [`${route}.route.host_rewrite_literal`]: "a", [`${route}.route.auto_host_rewrite`]: true },
        [`${route}.route.auto_host_rewrite`],
      ],
    ],
  ],
);

describe("a field that is not there", () => {
  const hint = (path: string, value: unknown = {}) => {
    const object = meshObject(tokenOf(envoyFilter), "shop", changed(envoyFilter, { [path]: value }));
    return [...envoyFieldsKnown.check(object)].map(({ message }) =>
      message.replace(/^\S+ has no (?:such field|@type)[;:] /, ""),
    );
  };
  const manager = {
    "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
  };

  it.each<[what: string, path: string, value: unknown, hint: string]>([
    ["as it is written", `${cluster}.conect_timeout`, "1s", "did you mean connect_timeout?"],
    ["in the spelling that is used", `${cluster}.lbPolicey`, "RANDOM", "did you mean lbPolicy?"],
    [
      "where it is",
      `${filter}.typed_config`,
      { ...manager, idle_timeout: "5s" },
      "did you mean common_http_protocol_options.idle_timeout?",
    ],
    [
      "as one of a few",
      `${filter}.typed_config.whatever`,
      1,
      "its fields are inline_code, source_codes, default_source_code, stat_prefix and clear_route_cache",
    ],
    ["as one of many", `${cluster}.whatever`, 1, "look for it in Envoy's reference, perhaps at another place"],
    ["as a type", `${filter}["@type"]`, "a", "move it into the typed message, such as typed_config"],
  ])("is offered %s", (_what, path, value, words) => {
    expect(hint(path, value)).toEqual([words]);
  });
});
