import { telemetryProviderNamed } from "../../../../policies/rules/telemetry/telemetry-provider-named.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const telemetry = (...accessLogging: object[]) => anObject("Telemetry", "default", { accessLogging }, "istio-system");
const here = "0 spec.accessLogging[0].providers";

describeRule(telemetryProviderNamed, {
  open: false,
  accepts: {
    "a provider": [telemetry({ providers: [{ name: "envoy" }] })],
    "no log": [telemetry({ disabled: true }), telemetry()],
  },
  refuses: {
    "no provider": [[telemetry({})], here],
    "no provider of a log that is on": [[telemetry({ disabled: false, providers: [] })], here],
  },
});

describeRule(
  { ...telemetryProviderNamed, id: "telemetry-provider-named with a default" },
  {
    config: { defaultProviders: { accessLogging: ["envoy"] } },
    accepts: { "no provider": [telemetry({})] },
    refuses: {},
  },
);

describeRule(
  { ...telemetryProviderNamed, id: "telemetry-provider-named beside a mesh that is elsewhere" },
  {
    accepts: { "no provider": [telemetry({})] },
    refuses: {},
  },
);
