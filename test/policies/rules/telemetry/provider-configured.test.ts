import { providerConfigured } from "../../../../policies/rules/telemetry/provider-configured.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const telemetry = (part: string, name: string, rest: object = {}) =>
  anObject("Telemetry", "some", { [part]: [{ providers: [{ name }], ...rest }] });

describeRule(providerConfigured, {
  config: { extensionProviders: [{ name: "otel-tracing", opentelemetry: { service: "otel.example", port: 4317 } }] },
  accepts: {
    "a provider of the mesh config": [telemetry("tracing", "otel-tracing")],
    "the same in other letters": [telemetry("tracing", "OTel-Tracing")],
    "a provider that Istio has": [telemetry("metrics", "prometheus"), telemetry("accessLogging", "envoy")],
    "another one that is turned off": [telemetry("accessLogging", "other", { disabled: true })],
    "another one that gets no spans": [telemetry("tracing", "other", { disableSpanReporting: true })],
  },
  refuses: {
    "a misspelt provider of traces": [[telemetry("tracing", "otel-tracign")], "0 spec.tracing[0].providers[0].name"],
    "an unknown provider of metrics": [[telemetry("metrics", "other")], "0 spec.metrics[0].providers[0].name"],
    "an unknown provider of logs": [[telemetry("accessLogging", "other")], "0 spec.accessLogging[0].providers[0].name"],
  },
});
describeRule(providerConfigured, {
  accepts: { "any where the mesh config is not known": [telemetry("tracing", "other")] },
  refuses: {},
});
