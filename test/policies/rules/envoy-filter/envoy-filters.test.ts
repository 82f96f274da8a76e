import { envoyFilters } from "../../../../policies/rules/envoy-filter/envoy-filters.ts";
import { testRule } from "../../testRule.ts";
import { envoyFilter } from "../../valid.ts";

const http = "spec.configPatches[0]";
const cluster = "spec.configPatches[1]";
const waypoint = "spec.configPatches[2]";
const filter = `${http}.match.listener.filterChain.filter`;
const value = `${http}.patch.value`;

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
    ["a timeout without a unit", { [`${cluster}.patch.value.connect_timeout`]: "5" }],
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
