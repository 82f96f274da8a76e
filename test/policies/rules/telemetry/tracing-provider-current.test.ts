import { tracingProviderCurrent } from "../../../../policies/rules/telemetry/tracing-provider-current.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const tracing = (name: string) => anObject("Telemetry", "default", { tracing: [{ providers: [{ name }] }] });

describeRule(tracingProviderCurrent, {
  config: {
    extensionProviders: [
      { name: "old", lightstep: { service: "lightstep", port: 443 } },
      { name: "new", opentelemetry: { service: "collector", port: 4317 } },
    ],
  },
  accepts: { "a provider of today": [tracing("new")], "a provider that is not listed": [tracing("other")] },
  refuses: {
    "a provider that is about to be dropped": [[tracing("new"), tracing("old")], "1 spec.tracing[0].providers[0].name"],
  },
});
