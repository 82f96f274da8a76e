import { envoyFilterOrderFixed } from "../../../../policies/rules/envoy-filter/envoy-filter-order-fixed.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const patch = (operation: string, applyTo = "HTTP_FILTER", match: object = {}, value: object = { name: "lua" }) => ({
  applyTo,
  match,
  patch: { operation, value },
});
const filter = (configPatches: object[], rest: object = {}) =>
  anObject("EnvoyFilter", "lua", { configPatches, ...rest });
const first = "spec.configPatches[0].patch.operation";
const proxy = { proxyVersion: "^1\\.31.*" };

describeRule(envoyFilterOrderFixed, {
  accepts: {
    "a priority": [filter([patch("INSERT_BEFORE")], { priority: 10 })],
    "operations that depend on nothing": [filter([patch("ADD", "CLUSTER"), patch("MERGE"), patch("INSERT_FIRST")])],
    "what Istio passes over anyway": [filter([patch("REMOVE", "HTTP_ROUTE"), patch("REPLACE", "CLUSTER")])],
    "nothing behind a patch that is left out": [filter([{ applyTo: "CLUSTER" }, patch("INSERT_BEFORE")])],
  },
  refuses: {
    "one put before others": [[filter([patch("INSERT_BEFORE")])], first],
    "one put behind others": [[filter([patch("INSERT_AFTER")], { priority: 0 })], first],
    "one that removes another": [[filter([patch("REMOVE", "HTTP_FILTER", {}, {})])], first],
    "one that replaces another": [[filter([patch("REPLACE", "VIRTUAL_HOST")])], first],
    "two of one filter, one for some versions only": [
      [filter([patch("INSERT_BEFORE", "HTTP_FILTER", { proxy }), patch("INSERT_BEFORE")])],
      first,
      "spec.configPatches[1].patch.operation",
    ],
  },
});
