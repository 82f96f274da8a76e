import { knownFields } from "../../../../policies/rules/several-kinds/known-fields.ts";
import { testRule } from "../../testRule.ts";
import { virtualService, wasmPlugin } from "../../valid.ts";

const ROUTE = "spec.http[0]";

testRule(
  knownFields,
  [
    virtualService,
    [
      ["a misspelt field", { [`${ROUTE}.retires`]: {} }, undefined, "by name"],
      ["a field of another kind", { "spec.host": "shop" }, undefined, "by name"],
      ["a field beside spec", { http: [] }, undefined, "by name"],
      ["a field of a map in a map", { [`${ROUTE}.match[0].headers["x-user"].equals`]: "jason" }, undefined, "by name"],
      ["a field in snake case", { [`${ROUTE}.cors_policy`]: {} }, undefined, "by name"],
      ["a misspelt field of the metadata", { "metadata.label": {} }, undefined, "by name"],
      ["what the API server adds to the metadata", { "metadata.managedFields": [], "metadata.uid": "a" }, []],
      ["a note of Pulumi's", { __defaults: [] }, []],
      ["what the API server adds", { status: { anything: 1 } }, []],
    ],
  ],
  [wasmPlugin, [["whatever a plugin reads", { "spec.pluginConfig.more": 1 }, []]]],
);
