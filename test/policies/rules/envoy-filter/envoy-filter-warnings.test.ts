import { describe, expect, it } from "vitest";
import { envoyFilterWarnings } from "../../../../policies/rules/envoy-filter/envoy-filter-warnings.ts";
import { meshObject, tokenOf } from "../../judge.ts";
import { testRuleThatFinds } from "../../testRule.ts";
import { envoyFilter } from "../../valid.ts";

const http = "spec.configPatches[0]";
const filter = `${http}.match.listener.filterChain.filter`;
const changedFilter = {
  ...envoyFilter,
  spec: {
    configPatches: [
      {
        applyTo: "HTTP_FILTER",
        match: { listener: { filterChain: { filter: { name: "envoy.http_connection_manager" } } } },
      },
    ],
  },
};

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
      [
        "a filter without its type",
        { [`${http}.patch.value`]: { name: "envoy.filters.http.grpc_web" } },
        ["spec", `${http}.patch.value`],
      ],
      [
        "a filter that has its type from elsewhere",
        { [`${http}.patch.value`]: { name: "a", config_discovery: { type_urls: [] } } },
        ["spec"],
      ],
      [
        "a part of a filter",
        { [`${http}.patch`]: { operation: "MERGE", value: { name: "envoy.filters.http.grpc_web" } } },
        ["spec"],
      ],
      [
        "a filter without its type, in what is merged",
        {
          "spec.configPatches[1]": {
            applyTo: "LISTENER",
            patch: {
              operation: "MERGE",
              value: { listener_filters: [{ name: "envoy.filters.listener.proxy_protocol" }] },
            },
          },
        },
        ["spec", "spec.configPatches[1].patch.value.listener_filters[0]"],
      ],
      ["a filter of a listener", { [`${http}.applyTo`]: "LISTENER" }, ["spec", filter]],
    ],
  ],
);

describe("the advice against an EnvoyFilter", () => {
  const type = tokenOf(envoyFilter);
  const said = (urn: string, manifest: object = envoyFilter) =>
    [...envoyFilterWarnings.check(meshObject(type, "limit", manifest, urn))].map(({ path }) => path);
  const urnIn = (...components: string[]) => `urn:pulumi:dev::mesh::${[...components, type].join("$")}::limit`;

  it("is not given for what a component of ours makes", () => {
    expect(said(urnIn("mesh:traffic:HostTraffic", "mesh:traffic:RateLimit"))).toEqual([]);
    expect(said(urnIn("mesh:traffic:RateLimit"))).toEqual([]);
  });

  it.each([
    ["a program", urnIn()],
    ["another component", urnIn("acme:traffic:RateLimit")],
    ["a component around ours", urnIn("mesh:traffic:HostTraffic")],
    ["a component inside of ours", urnIn("mesh:traffic:RateLimit", "acme:x:Y")],
    ["an object with such a name", `urn:pulumi:dev::mesh::${type}::mesh:traffic:RateLimit$${type}`],
    ["a manifest", "limit.yaml#0"],
    ["a manifest in a file with such a name", `a::b::mesh:traffic:RateLimit$${type}::limit.yaml#0`],
  ])("is given for what %s makes", (_who, urn) => {
    expect(said(urn)).toEqual(["spec"]);
  });

  it("is given whatever the object says of itself", () => {
    const annotations = { component: "mesh:traffic:RateLimit", "pulumi.com/patchForce": "true" };
    expect(
      said("limit.yaml#0", { ...envoyFilter, metadata: { name: "limit", namespace: "shop", annotations } }),
    ).toEqual(["spec"]);
  });

  it("leaves what is wrong in a filter of ours", () => {
    const urn = urnIn("mesh:traffic:RateLimit");
    const found = [...envoyFilterWarnings.check(meshObject(type, "limit", changedFilter, urn))];
    expect(found.map(({ path }) => path)).toEqual([`${filter}.name`]);
  });
});
