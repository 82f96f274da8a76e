import { autoImageInjected } from "../../../../policies/rules/workload/auto-image-injected.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, anObject, having, pods } from "../../istioctlObjects.ts";

const containers = [{ name: "istio-proxy", image: "auto" }];
const gateway = (labels: object = {}) => pods({ app: "entry", ...labels }, "shop", { containers });
const injector = having(
  anObject("MutatingWebhookConfiguration", "istio-sidecar-injector", {}),
  {},
  {
    webhooks: [
      {
        name: "object.sidecar-injector.istio.io",
        objectSelector: { matchLabels: { "sidecar.istio.io/inject": "true" } },
      },
      {
        name: "namespace.sidecar-injector.istio.io",
        namespaceSelector: { matchExpressions: [{ key: "istio-injection", operator: "In", values: ["enabled"] }] },
        objectSelector: {
          matchExpressions: [{ key: "sidecar.istio.io/inject", operator: "NotIn", values: ["false"] }],
        },
      },
      { name: "cert-manager.example.com" },
    ],
  },
);
const image = "spec.template.spec.containers[0].image";

describeRule(autoImageInjected, {
  withCodes: true,
  accepts: {
    "pods that ask for it": [gateway({ "sidecar.istio.io/inject": "true" }), injector],
    "pods of a namespace that does": [gateway(), injector, aNamespace("shop", { "istio-injection": "enabled" })],
    "pods that ask for it, by the webhooks that Istio installs": [gateway({ "sidecar.istio.io/inject": "true" })],
    "pods of a namespace that is not declared": [gateway()],
    "another image": [
      pods({}, "shop", { containers: [{ name: "istio-proxy", image: "proxy:1" }] }),
      aNamespace("shop"),
    ],
    "another container": [pods({}, "shop", { containers: [{ name: "app", image: "auto" }] }), aNamespace("shop")],
  },
  refuses: {
    "pods that no webhook takes": [[gateway(), injector, aNamespace("shop")], `IST0146 0 ${image}`],
    "pods that keep out": [
      [gateway({ "sidecar.istio.io/inject": "false" }), injector, aNamespace("shop", { "istio-injection": "enabled" })],
      `IST0146 0 ${image}`,
    ],
    "pods that do not ask for it": [[gateway(), aNamespace("shop")], `IST0146 0 ${image}`],
    "a pod that is there already": [
      [anObject("Pod", "entry", { containers }), injector],
      "IST0147 0 spec.containers[0].image",
    ],
  },
});
