import { telemetrySettings } from "../../../../policies/rules/telemetry/telemetry-settings.ts";
import { testRule } from "../../testRule.ts";
import { telemetry } from "../../valid.ts";

const tags = "spec.metrics[0].overrides[0].tagOverrides";

testRule(telemetrySettings, [
  telemetry,
  [
    ["a provider without a name", { "spec.tracing[0].providers[0].name": "" }],
    ["a tag without a name", { 'spec.tracing[0].customTags[""]': { literal: { value: "a" } } }, undefined, "by name"],
    ["a tag without a value", { [`${tags}.method.value`]: undefined }],
    ["a tag that is removed and set", { [`${tags}.host.value`]: "a" }],
    ["no expression", { "spec.accessLogging[0].filter.expression": ")+" }],
    ["an empty expression", { "spec.accessLogging[0].filter.expression": "" }],
    ["a filter without an expression", { "spec.accessLogging[0].filter.expression": undefined }],
    ["no filter", { "spec.accessLogging[0].filter": undefined }, []],
  ],
]);
