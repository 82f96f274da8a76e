import { logFormatsKnownToEnvoy } from "../../../../policies/rules/telemetry/log-formats-known-to-envoy.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const filtered = (expression: string) =>
  anObject("Telemetry", "default", { accessLogging: [{ filter: { expression } }] }, "istio-system");
const tagged = (value: string) =>
  anObject("Telemetry", "default", { tracing: [{ customTags: { by: { formatter: { value } } } }] }, "istio-system");

const istiod = (meshConfig: object) => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { chart: "istiod", name: "istiod", namespace: "istio-system", values: { meshConfig } },
});
const provider = (kind: string, logFormat: object) =>
  istiod({ extensionProviders: [{ name: "own", [kind]: { logFormat } }] });

const config = "0 values.meshConfig";
const format = `${config}.extensionProviders[0]`;

describeRule(logFormatsKnownToEnvoy, {
  accepts: {
    "Istio's own format": [istiod({ accessLogFormat: '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-A?:PATH):9%"\n' })],
    "an operator that istiod enables": [istiod({ accessLogFormat: "%REQ_WITHOUT_QUERY(:path)%" })],
    JSON: [istiod({ accessLogEncoding: "JSON", accessLogFormat: '{"%": {"b": ["%PROTOCOL%", 1]}}' })],
    "what is no JSON, which istiod leaves out": [istiod({ accessLogEncoding: "JSON", accessLogFormat: "%FOO%" })],
    labels: [provider("envoyFileAccessLog", { labels: { a: "%PROTOCOL%", b: { c: ["%DURATION%"] } } })],
    "no format": [istiod({})],
    "a filter and a tag": [filtered("response.code >= 400"), tagged("%REQ(x-a)%")],
    "a filter that istiod refuses": [filtered("response.code >=")],
  },
  refuses: {
    "an unknown variable": [[istiod({ accessLogFormat: "%DURATON% ms" })], `${config}.accessLogFormat`],
    "a text in JSON": [
      [istiod({ accessLogEncoding: "JSON", accessLogFormat: '{"a": {"b": "%FOO_BAR%"}}' })],
      `${config}.accessLogFormat`,
    ],
    "a provider's text": [[provider("envoyOtelAls", { text: "%REQ%" })], `${format}.envoyOtelAls.logFormat.text`],
    "a label in a label": [
      [provider("envoyFileAccessLog", { labels: { a: { b: ["100%"] } } })],
      `${format}.envoyFileAccessLog.logFormat.labels.a.b[0]`,
    ],
    "a filter's function": [[filtered("string(response.code) == '400'")], "0 spec.accessLogging[0].filter.expression"],
    "a tag": [[tagged("%NOT_A_VARIABLE%")], "0 spec.tracing[0].customTags.by.formatter.value"],
  },
});
