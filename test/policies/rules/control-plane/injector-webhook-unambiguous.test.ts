import { injectorWebhookUnambiguous } from "../../../../policies/rules/control-plane/injector-webhook-unambiguous.ts";
import { describeRule } from "../../describeRule.ts";
import { aService, having, type Described } from "../../istioctlObjects.ts";

const hook = (
  name: string,
  selectors: object = {},
  service: object = { name: "istiod", namespace: "istio-system" },
) => ({
  name,
  clientConfig: { service },
  ...selectors,
});
const injector = (name: string, ...webhooks: object[]): Described =>
  having(
    { apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration", metadata: { name } },
    {},
    { webhooks },
  );
const enabled = { namespaceSelector: { matchLabels: { "istio-injection": "enabled" } } };
const revision = (name: string) => ({
  namespaceSelector: {
    matchExpressions: [
      { key: "istio.io/rev", operator: "In", values: [name] },
      { key: "istio-injection", operator: "DoesNotExist" },
    ],
  },
});
const istiod = aService("istiod", [{ port: 443 }], {}, "istio-system");

describeRule(injectorWebhookUnambiguous, {
  open: false,
  accepts: {
    "one webhook": [injector("injector", hook("sidecar.istio.io", enabled)), istiod],
    "two for different namespaces": [
      injector("injector", hook("sidecar.istio.io", enabled)),
      injector("injector-stable", hook("rev.sidecar.istio.io", revision("stable"))),
      istiod,
    ],
    "one beside those of others": [
      injector("injector", hook("sidecar.istio.io")),
      injector("cert-manager", hook("cert-manager.example", {}, { name: "c", namespace: "c" })),
      istiod,
    ],
    "one by URL": [
      injector("injector", { name: "sidecar.istio.io", clientConfig: { url: "https://istiod.example" } }),
      istiod,
    ],
    "any Service, where none is declared": [injector("injector", hook("sidecar.istio.io"))],
  },
  refuses: {
    "two for the same namespaces": [
      [injector("one", hook("sidecar.istio.io", enabled)), injector("two", hook("sidecar.istio.io", enabled)), istiod],
      "0 webhooks[0]",
      "1 webhooks[0]",
    ],
    "two of the same revision": [
      [injector("one", hook("a.istio.io", revision("stable")), hook("b.istio.io", revision("stable"))), istiod],
      "0 webhooks[0]",
      "0 webhooks[1]",
    ],
    "a Service that is not there": [
      [injector("injector", hook("sidecar.istio.io", enabled, { name: "istio", namespace: "istio-system" })), istiod],
      "0 webhooks[0].clientConfig.service",
    ],
  },
});
