import { annotationNotAlpha } from "../../../../policies/rules/several-kinds/annotation-not-alpha.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, aService, having, pods } from "../../istioctlObjects.ts";

const PORTS = "traffic.sidecar.istio.io/includeInboundPorts";
const annotated = (name: string, rest: object = {}) =>
  pods({ app: "cart" }, "shop", { annotations: { [name]: "80" }, ...rest });
const here = `spec.template.metadata.annotations["${PORTS}"]`;

describeRule(annotationNotAlpha, {
  accepts: {
    "one that is beta": [annotated("proxy.istio.io/config")],
    "one that Istio writes": [annotated("sidecar.istio.io/status")],
    "one that the injector writes where the CNI plugin is": [annotated(PORTS)],
    "one of somebody else": [annotated("example.com/team")],
  },
  refuses: {
    "one of pods": [
      [annotated("sidecar.istio.io/logLevel")],
      'spec.template.metadata.annotations["sidecar.istio.io/logLevel"]',
    ],
    "one that the injector would write, in pods with its init container": [
      [annotated(PORTS, { initContainers: [{ name: "istio-init" }] })],
      here,
    ],
    "one of a Service": [
      [having(aService("cart"), { annotations: { "networking.istio.io/exportTo": "." } })],
      'metadata.annotations["networking.istio.io/exportTo"]',
    ],
    "one of a namespace": [
      [having(aNamespace("shop"), { annotations: { "topology.istio.io/controlPlaneClusters": "one" } })],
      'metadata.annotations["topology.istio.io/controlPlaneClusters"]',
    ],
  },
});
