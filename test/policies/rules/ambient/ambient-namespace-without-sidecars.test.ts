import { ambientNamespaceWithoutSidecars } from "../../../../policies/rules/ambient/ambient-namespace-without-sidecars.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, namespace } from "../../kialiObjects.ts";

const ambient = namespace("shop", { "istio.io/dataplane-mode": "ambient" });

describeRule(ambientNamespaceWithoutSidecars, {
  accepts: {
    "no sidecar": [deployment({ app: "a" }), ambient],
    "a sidecar elsewhere": [deployment({ "sidecar.istio.io/inject": "true" }), namespace("shop")],
    "a gateway": [deployment({ "sidecar.istio.io/inject": "true", istio: "ingressgateway" }), ambient],
  },
  refuses: {
    "a sidecar that is asked for": [
      [deployment({ "sidecar.istio.io/inject": "true" }), ambient],
      "0 spec.template.metadata.labels",
    ],
    "a sidecar's container": [
      [deployment({ app: "a" }, {}, { initContainers: [{ name: "istio-proxy" }] }), ambient],
      "0 spec.template.metadata.labels",
    ],
  },
});
