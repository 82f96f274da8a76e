import { telemetrySingle } from "../../../../policies/rules/telemetry/telemetry-single.ts";
import { testRule } from "../../testRule.ts";
import { telemetry } from "../../valid.ts";

const tags = "spec.metrics[0].overrides[0].tagOverrides";

testRule(telemetrySingle, [
  telemetry,
  [
    ["two settings", { "spec.tracing[1]": {} }, undefined, "by name"],
    ["two providers", { "spec.tracing[0].providers[1]": { name: "a" } }, ["spec.tracing[0].providers"]],
    ["a tag without a name", { [`${tags}[""]`]: { value: "a" } }, undefined, "by name"],
  ],
]);
