import { noDeprecatedField } from "../../../../policies/rules/several-kinds/no-deprecated-field.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, routing, type Described } from "../../istioctlObjects.ts";

const delayed = (delay: object) => routing("cart", { http: [{ fault: { delay } }, {}] });
const sidecar = (spec: object) => anObject("Sidecar", "default", spec);
const crd = (group: string, kind: string): Described => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${kind}.${group}` },
  spec: { group, names: { kind } },
});

describeRule(noDeprecatedField, {
  accepts: {
    "a share of requests": [delayed({ percentage: { value: 5 }, fixedDelay: "5s" }), delayed({ percent: 0 })],
    "a Sidecar that lets traffic out": [sidecar({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } })],
    "kinds of today": [crd("security.istio.io", "AuthorizationPolicy"), crd("rbac.example.com", "ServiceRole")],
  },
  refuses: {
    "a share in whole percents": [[delayed({ percent: 5 })], "spec.http[0].fault.delay.percent"],
    "a Sidecar with a proxy for what goes out": [
      [sidecar({ outboundTrafficPolicy: { egressProxy: { host: "egress" } } })],
      "spec.outboundTrafficPolicy.egressProxy",
    ],
    "a kind that is dropped": [[crd("rbac.istio.io", "ServiceRole")], "spec.names.kind"],
  },
});
