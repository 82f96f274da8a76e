import { externalControlPlaneReachable } from "../../../../policies/rules/control-plane/external-control-plane-reachable.ts";
import { describeRule } from "../../describeRule.ts";
import { having, type Described } from "../../istioctlObjects.ts";

const hooks = (name: string, clientConfig: object): Described =>
  having(
    { apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration", metadata: { name } },
    {},
    {
      webhooks: [{ name: "rev.namespace.sidecar-injector.istio.io", clientConfig }],
    },
  );
const validating = (name: string, clientConfig: object): Described => ({
  ...hooks(name, clientConfig),
  kind: "ValidatingWebhookConfiguration",
});
const url = "webhooks[0].clientConfig.url";

describeRule(externalControlPlaneReachable, {
  accepts: {
    "a host name": [hooks("istio-sidecar-injector", { url: "https://istiod.example.com:15017/inject" })],
    "a Service": [
      validating("istio-validator-istio-system", { service: { name: "istiod", namespace: "istio-system" } }),
    ],
    "webhooks of others": [hooks("cert-manager", {}), validating("istiod", {})],
  },
  refuses: {
    "no address": [[hooks("istio-sidecar-injector-stable", {})], "webhooks[0].clientConfig"],
    "no address for the validation": [[validating("istiod-default-validator", {})], "webhooks[0].clientConfig"],
    "what is no URL": [[validating("istio-validator", { url: "https://istiod example/inject" })], url],
    "a port that is a word": [[hooks("istio-sidecar-injector", { url: "https://istiod:port/inject" })], url],
    "an IP address": [[hooks("istio-sidecar-injector", { url: "https://192.0.2.7:15017/inject" })], url],
    "an IP address of version 6": [[hooks("istio-sidecar-injector", { url: "https://[2001:db8::7]:15017" })], url],
  },
});
