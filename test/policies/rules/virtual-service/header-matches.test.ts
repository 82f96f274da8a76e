import { headerMatches } from "../../../../policies/rules/virtual-service/header-matches.ts";
import { testRule } from "../../testRule.ts";
import { gatewayRoutes, virtualService } from "../../valid.ts";

const routed = "spec.http[0]";
const match = `${routed}.match[0]`;

testRule(
  headerMatches,
  [
    virtualService,
    [
      ["a space in the name", { [`${match}.headers["x user"]`]: { exact: "a" } }, undefined, "by name"],
      ["no name", { [`${match}.headers[""]`]: { exact: "a" } }, undefined, "by name"],
      ["an unknown pseudo-header", { [`${match}.withoutHeaders[":protocol"]`]: { exact: "a" } }, undefined, "by name"],
      [
        "a claim at the sidecars",
        { [`${match}.headers["@request.auth.claims.sub"]`]: { exact: "a" } },
        undefined,
        "by name",
      ],
    ],
  ],
  [
    gatewayRoutes,
    [
      [
        "a claim without a name",
        { 'spec.http[0].match[0].headers["@request.auth.claims."]': { exact: "a" } },
        undefined,
        "by name",
      ],
      ["a claim in brackets", { 'spec.http[0].match[0].headers["@request.auth.claims"]': undefined }, []],
    ],
  ],
);
