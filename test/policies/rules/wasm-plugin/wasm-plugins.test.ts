import { wasmPlugins } from "../../../../policies/rules/wasm-plugin/wasm-plugins.ts";
import { testRule } from "../../testRule.ts";
import { trafficExtension, wasmPlugin } from "../../valid.ts";

testRule(
  wasmPlugins,
  [
    wasmPlugin,
    [
      ["another scheme", { "spec.url": "ftp://example.com/filter" }],
      ["no scheme, and a port that reads like one", { "spec.url": "localhost:5000/filter" }],
      ["a URL with braces", { "spec.url": "oci://example.com/{filter}" }],
      ["no scheme", { "spec.url": "example.com/filter" }, []],
      ["a value from two places", { "spec.vmConfig.env[1].value": "a" }],
    ],
  ],
  [
    trafficExtension,
    [
      ["no code", { "spec.lua": undefined }, ["spec"]],
      ["code at no URL", { spec: { wasm: { url: "ftp://example.com" } } }, ["spec.wasm.url"]],
    ],
  ],
);
