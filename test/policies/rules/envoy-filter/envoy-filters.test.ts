import { envoyFilters } from "../../../../policies/rules/envoy-filter/envoy-filters.ts";
import { testRule } from "../../testRule.ts";
import { envoyFilter } from "../../valid.ts";

const http = "spec.configPatches[0]";
const cluster = "spec.configPatches[1]";
const waypoint = "spec.configPatches[2]";
const filter = `${http}.match.listener.filterChain.filter`;
const value = `${http}.patch.value`;

const types = "type.googleapis.com/envoy.extensions.filters.http";
const INLINE = `${cluster}.patch.value.load_assignment.endpoints[0].lb_endpoints[0].metadata.typed_filter_metadata.a.value`;

const inlineBytes = (value: string) => {
  const metadata = {
    typed_filter_metadata: { a: { "@type": "type.googleapis.com/google.protobuf.BytesValue", value } },
  };
  return { endpoints: [{ lb_endpoints: [{ metadata }] }] };
};

testRule(envoyFilters, [
  envoyFilter,
  [
    ["applied to nothing", { [`${http}.applyTo`]: undefined }],
    ["no patch", { [`${http}.patch`]: undefined }],
    ["no operation", { [`${http}.patch.operation`]: "INVALID" }],
    ["no value", { [value]: undefined }],
    ["nothing to remove it by", { [`${http}.patch`]: { operation: "REMOVE" } }, []],
    ["a version that is no expression", { [`${http}.match.proxy.proxyVersion`]: "a++" }],
    ["a cluster for a filter", { [`${http}.match`]: { cluster: {} } }, [`${http}.match.cluster`]],
    ["a listener for a cluster", { [`${cluster}.match`]: { listener: {} } }, [`${cluster}.match.listener`]],
    ["a filter without a name", { [`${filter}.name`]: "" }],
    ["a filter in another filter", { [`${filter}.name`]: "envoy.filters.network.tcp_proxy" }],
    ["a filter in a filter without a name", { [`${filter}.subFilter.name`]: undefined }],
    ["a filter in a filter of the network", { [`${http}.applyTo`]: "NETWORK_FILTER" }, [`${filter}.subFilter`]],
    ["a name that is no text", { [`${value}.name`]: true }],
    [
      "a type of Envoy's old API",
      { [`${value}.typed_config["@type"]`]: "type.googleapis.com/envoy.config.filter.http.lua.v2.Lua" },
    ],
    ["a type that is a number", { [`${value}.typed_config["@type"]`]: 5 }],
    ["an empty type", { [`${value}.typed_config["@type"]`]: "" }],
    ["a type of nobody's", { [`${value}.typed_config["@type"]`]: "type.googleapis.com/a.b" }],
    ["a type without a package", { [`${value}.typed_config["@type"]`]: "type.googleapis.com/Lua" }],
    [
      "a type behind another address",
      { [`${value}.typed_config["@type"]`]: "a/envoy.extensions.filters.http.lua.v3.Lua" },
      [],
    ],
    ["a type that Envoy no longer has", { [`${value}.typed_config["@type"]`]: `${types}.lua.v3.Luaa` }],
    ["a timeout without a unit", { [`${cluster}.patch.value.connect_timeout`]: "5" }],
    ["a timeout that is a number", { [`${cluster}.patch.value.connect_timeout`]: 5 }],
    ["a word that Envoy does not know", { [`${cluster}.patch.value.lb_policy`]: "ROUNDROBIN" }],
    ["a word by its number", { [`${cluster}.patch.value.lb_policy`]: 1 }, []],
    ["a word by half a number", { [`${cluster}.patch.value.lb_policy`]: 1.5 }],
    ["a number in quotes", { [`${cluster}.patch.value.per_connection_buffer_limit_bytes`]: "32768" }, []],
    ["a number below zero", { [`${cluster}.patch.value.per_connection_buffer_limit_bytes`]: -1 }],
    ["a number that is a text", { [`${cluster}.patch.value.per_connection_buffer_limit_bytes`]: "32k" }],
    ["a boolean in quotes", { [`${cluster}.patch.value.respect_dns_ttl`]: "true" }],
    ["a text without quotes", { [`${cluster}.patch.value.alt_stat_name`]: 5 }],
    ["one value where a list has to be", { [`${cluster}.patch.value.dns_resolvers`]: { socket_address: {} } }],
    ["a list where a map has to be", { [`${cluster}.patch.value.typed_extension_protocol_options`]: [] }],
    [
      "a filter of the route in a list",
      {
        [`${http}.applyTo`]: "HTTP_ROUTE",
        [`${http}.match`]: undefined,
        [value]: { typed_per_filter_config: [{ a: 1 }] },
      },
      [`${value}.typed_per_filter_config`],
    ],
    [
      "settings of a filter of the route without its name",
      {
        [`${http}.applyTo`]: "HTTP_ROUTE",
        [`${http}.match`]: undefined,
        [value]: { typed_per_filter_config: { "@type": `${types}.lua.v3.LuaPerRoute`, name: "a" } },
      },
      [`${value}.typed_per_filter_config["@type"]`],
      "by name",
    ],
    [
      "settings of a filter of the route without their type",
      {
        [`${http}.applyTo`]: "VIRTUAL_HOST",
        [`${http}.match`]: undefined,
        [value]: { typed_per_filter_config: { "envoy.filters.http.lua": { name: "a" } } },
      },
      [`${value}.typed_per_filter_config["envoy.filters.http.lua"]`],
    ],
    [
      "a text of Wasm without its value",
      {
        [`${value}.typed_config`]: {
          "@type": "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
          config: { configuration: { "@type": "type.googleapis.com/google.protobuf.StringValue" } },
        },
      },
      [`${value}.typed_config.config.configuration.value`],
    ],
    ["bytes that are a text", { [`${cluster}.patch.value.load_assignment`]: inlineBytes("a b") }, [INLINE]],
    ["bytes in base64", { [`${cluster}.patch.value.load_assignment`]: inlineBytes("YSBi") }, []],
    ["an empty value", { [`${cluster}.patch.value.lb_policy`]: null }, []],
    [
      "a wrong value at a waypoint",
      { "spec.configPatches[2].patch": { value: { name: 5 } } },
      [`${waypoint}.patch.value.name`],
    ],
    ["no type", { [`${value}.typed_config`]: {} }],
    ["a waypoint elsewhere", { [`${http}.match`]: { waypoint: {} } }, [`${http}.match.waypoint`]],
    [
      "something else of a waypoint",
      { [`${waypoint}.match`]: { context: "WAYPOINT", cluster: {} } },
      [`${waypoint}.match.cluster`],
    ],
    ["a waypoint at port 0", { [`${waypoint}.match.waypoint.portNumber`]: 0 }],
  ],
]);
