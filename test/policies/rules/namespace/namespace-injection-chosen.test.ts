import { namespaceInjectionChosen } from "../../../../policies/rules/namespace/namespace-injection-chosen.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, anObject, having } from "../../istioctlObjects.ts";

const injector = (enableNamespacesByDefault: boolean) =>
  having(
    anObject("ConfigMap", "istio-sidecar-injector", {}, "istio-system"),
    {},
    {
      data: { values: JSON.stringify({ sidecarInjectorWebhook: { enableNamespacesByDefault } }) },
    },
  );

describeRule(namespaceInjectionChosen, {
  withCodes: true,
  accepts: {
    "one with sidecars": [aNamespace("shop", { "istio-injection": "enabled" })],
    "one without": [aNamespace("shop", { "istio-injection": "disabled" })],
    "one of a revision": [aNamespace("shop", { "istio.io/rev": "stable" })],
    "one in ambient mode": [aNamespace("shop", { "istio.io/dataplane-mode": "ambient" })],
    "Istio's own": [aNamespace("istio-system")],
  },
  refuses: {
    "one that does not say": [[aNamespace("shop")], "IST0102 0 metadata.labels"],
    "one that leaves it empty": [
      [aNamespace("shop", { "istio-injection": "" }), injector(false)],
      "IST0102 0 metadata.labels",
    ],
    "one that relies on the installation": [[aNamespace("shop"), injector(true)], "IST0148 0 metadata.labels"],
    "one that relies on the chart": [
      [
        aNamespace("shop"),
        {
          type: "kubernetes:helm.sh/v3:Release",
          props: {
            chart: "istiod",
            name: "istiod",
            namespace: "istio-system",
            values: { sidecarInjectorWebhook: { enableNamespacesByDefault: true } },
          },
        },
      ],
      "IST0148 0 metadata.labels",
    ],
  },
});
