import { customProviderConfigured } from "../../../../policies/rules/authorization-policy/custom-provider-configured.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const policy = (name: string, action = "CUSTOM") =>
  anObject("AuthorizationPolicy", "ext", { action, provider: { name }, rules: [{}] });
const extensionProviders = [
  { name: "oauth2-proxy", envoyExtAuthzHttp: { service: "oauth2-proxy.auth.svc.cluster.local", port: 4180 } },
  { name: "zipkin", zipkin: { service: "zipkin.tracing.svc.cluster.local", port: 9411 } },
];
const configMap = (mesh: string) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "istio", namespace: "istio-system" },
  data: { mesh },
});
const release = (values: object) => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name: "istiod", namespace: "istio-system", chart: "istiod", values },
});
const here = "0 spec.provider.name";

describeRule(customProviderConfigured, {
  config: { extensionProviders },
  accepts: { "a provider of the mesh config": [policy("oauth2-proxy")], "another action": [policy("other", "ALLOW")] },
  refuses: {
    "a name that none has": [[policy("oauth2")], here],
    "a provider that does not authorize": [[policy("zipkin")], here],
    "a provider that Istio has for logs": [[policy("envoy")], here],
  },
});
describeRule(customProviderConfigured, {
  accepts: {
    "any where the mesh config is not known": [policy("other")],
    "any where a profile may bring it": [policy("other"), release({ profile: "demo" })],
    "a provider of the release": [policy("oauth2-proxy"), release({ meshConfig: { extensionProviders } })],
    "any in a ConfigMap that can not be read": [policy("other"), configMap("}")],
  },
  refuses: {
    "one that the release lacks": [[policy("other"), release({ meshConfig: { extensionProviders } })], here],
    "one that the ConfigMap lacks": [[policy("other"), configMap("rootNamespace: istio-system\n")], here],
  },
});
