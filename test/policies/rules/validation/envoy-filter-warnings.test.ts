import { envoyFilterWarnings } from "../../../../policies/rules/validation/envoy-filter-warnings";
import { testRuleThatFinds } from "./lib/testRule";
import { envoyFilter } from "./lib/valid";

const http = "spec.configPatches[0]";
const filter = `${http}.match.listener.filterChain.filter`;

testRuleThatFinds(
  envoyFilterWarnings,
  ["spec"],
  [
    envoyFilter,
    [
      ["any", {}, ["spec"]],
      [
        "a version that is too long",
        { [`${http}.match.proxy.proxyVersion`]: "a".repeat(1025) },
        ["spec", `${http}.match.proxy.proxyVersion`],
      ],
      ["an old name", { [`${filter}.name`]: "envoy.http_connection_manager" }, ["spec", `${filter}.name`]],
      ["a filter of a listener", { [`${http}.applyTo`]: "LISTENER" }, ["spec", filter]],
    ],
  ],
);
