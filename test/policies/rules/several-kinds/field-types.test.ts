import { fieldTypes } from "../../../../policies/rules/several-kinds/field-types.ts";
import { testRule } from "../../testRule.ts";
import { envoyFilter, peerAuthentication, serviceEntry, virtualService, wasmPlugin } from "../../valid.ts";

const ROUTE = "spec.http[0]";
const PATCHED = "spec.configPatches[1].patch.value";

testRule(
  fieldTypes,
  [
    virtualService,
    [
      ["a text for a list", { "spec.hosts": "shop" }],
      ["a text for a number", { [`${ROUTE}.match[0].port`]: "443" }],
      ["a number for a text", { [`${ROUTE}.timeout`]: 5 }],
      ["a list for a map", { [`${ROUTE}.retries`]: [] }],
      ["a map for a list", { "spec.http": {} }],
      ["a text for a boolean", { [`${ROUTE}.match[0].ignoreUriCase`]: "true" }],
      ["a fraction for a whole number", { [`${ROUTE}.retries.attempts`]: 1.5 }],
      ["an item that is empty", { "spec.tcp[0].match[0]": null }],
      ["a value of a map that is empty", { [`${ROUTE}.match[0].headers["x-user"]`]: null }],
      ["a text of a map that is empty", { [`${ROUTE}.match[0].sourceLabels.app`]: null }, []],
      ["a field that is missing", { [`${ROUTE}.route[0].destination.host`]: undefined }],
      ["a field that is empty", { [`${ROUTE}.retries`]: null }, []],
    ],
  ],
  [serviceEntry, [["no spec", { spec: undefined }]]],
  [
    envoyFilter,
    [
      ["a patch that is a text", { [PATCHED]: "name: a" }],
      ["a patch that is a number", { [PATCHED]: 1 }],
      ["a patch that is a list", { [PATCHED]: [{ name: "a" }] }],
    ],
  ],
  [wasmPlugin, [["a configuration that is a text", { "spec.pluginConfig": "{}" }]]],
  [peerAuthentication, [["no spec of a kind that needs none", { spec: undefined }, []]]],
);
