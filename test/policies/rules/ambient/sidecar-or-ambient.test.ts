import { sidecarOrAmbient } from "../../../../policies/rules/ambient/sidecar-or-ambient.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, namespace } from "../../kialiObjects.ts";

const ambient = namespace("shop", { "istio.io/dataplane-mode": "ambient" });

describeRule(sidecarOrAmbient, {
  withCodes: true,
  accepts: {
    "a sidecar": [deployment({ app: "a" }), namespace("shop", { "istio-injection": "enabled" })],
    "the ambient mesh": [deployment({ app: "a" }), ambient],
    "a sidecar in an ambient namespace, by choice": [
      deployment({ "istio.io/dataplane-mode": "none", "sidecar.istio.io/inject": "true" }),
      ambient,
    ],
  },
  refuses: {
    "both labels on the namespace": [
      [
        deployment({ app: "a" }),
        namespace("shop", { "istio.io/dataplane-mode": "ambient", "istio-injection": "enabled" }),
      ],
      "KIA1311 0 spec.template.metadata.labels",
    ],
    "one label on the pods": [
      [deployment({ "sidecar.istio.io/inject": "true" }), ambient],
      "KIA1311 0 spec.template.metadata.labels",
    ],
    "a container": [
      [deployment({ app: "a" }, {}, { containers: [{ name: "istio-proxy" }] }), ambient],
      "KIA1315 0 spec.template.spec.containers",
    ],
  },
});
