import { annotationValid } from "../../../../policies/rules/several-kinds/annotation-valid.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, aService, having, pods, type Described } from "../../istioctlObjects.ts";

const annotated = (annotations: object, labels: object = { app: "cart" }) => pods(labels, "shop", { annotations });
const at = (name: string) => `spec.template.metadata.annotations["${name}"]`;
const wrong = (name: string, value: string): [Described[], string] => [[annotated({ [name]: value })], at(name)];

describeRule(annotationValid, {
  accepts: {
    "one that pods take": [annotated({ "traffic.sidecar.istio.io/excludeOutboundPorts": "3306, 6379" })],
    "one of somebody else": [annotated({ "example.com/team": "shop" })],
    "one that Istio writes": [annotated({ "sidecar.istio.io/status": "{}", "istio.io/rev": "stable" })],
    "one that is for everything": [
      having(aNamespace("shop"), { annotations: { "galley.istio.io/analyze-suppress": "IST0102" } }),
    ],
    "one of a Service": [having(aService("cart"), { annotations: { "networking.istio.io/exportTo": "." } })],
    "the old one beside the new label": [
      annotated({ "sidecar.istio.io/inject": "true" }, { "sidecar.istio.io/inject": "true" }),
    ],
    "every port and range": [
      annotated({
        "traffic.sidecar.istio.io/includeInboundPorts": "*",
        "traffic.sidecar.istio.io/includeOutboundIPRanges": "*",
        "traffic.sidecar.istio.io/excludeOutboundIPRanges": "10.0.0.0/8,fd00::/8",
        "traffic.sidecar.istio.io/excludeInterfaces": "eth0, net-1",
      }),
    ],
    "numbers, quantities and booleans": [
      annotated({
        "status.sidecar.istio.io/port": "15020",
        "readiness.status.sidecar.istio.io/periodSeconds": "2",
        "sidecar.istio.io/proxyCPU": "100m",
        "sidecar.istio.io/proxyMemoryLimit": "1.5Gi",
        "prometheus.istio.io/merge-metrics": "false",
        "sidecar.istio.io/interceptionMode": "TPROXY",
      }),
    ],
    "a config of the proxy": [
      annotated({
        "proxy.istio.io/config": "concurrency: 2\ndrainDuration: 45s\ndiscoveryAddress: istiod.istio-system.svc:15012",
      }),
    ],
  },
  refuses: {
    "one that Istio does not know": wrong("sidecar.istio.io/injekt", "true"),
    "one that is about to be dropped": wrong("sidecar.istio.io/inject", "true"),
    "one of a Service on pods": wrong("networking.istio.io/exportTo", "."),
    "one of pods on a namespace": [
      [having(aNamespace("shop"), { annotations: { "sidecar.istio.io/proxyCPU": "100m" } })],
      'metadata.annotations["sidecar.istio.io/proxyCPU"]',
    ],
    "one of pods on their Deployment": [
      [having(pods({ app: "cart" }), { annotations: { "sidecar.istio.io/proxyCPU": "100m" } })],
      'metadata.annotations["sidecar.istio.io/proxyCPU"]',
    ],
    "a port out of range": wrong("status.sidecar.istio.io/port", "70000"),
    "a list of ports with a name": wrong("traffic.sidecar.istio.io/excludeInboundPorts", "80,http"),
    "every port, where a few are meant": wrong("traffic.sidecar.istio.io/excludeOutboundPorts", "*"),
    "an address that is no range": wrong("traffic.sidecar.istio.io/excludeOutboundIPRanges", "10.0.0.1"),
    "a range that is too long": wrong("traffic.sidecar.istio.io/includeOutboundIPRanges", "10.0.0.0/33"),
    "an interface that Linux can not have": wrong(
      "traffic.sidecar.istio.io/excludeInterfaces",
      "a-name-that-is-too-long",
    ),
    "a negative count": wrong("readiness.status.sidecar.istio.io/failureThreshold", "-1"),
    "a quantity with a slip": wrong("sidecar.istio.io/proxyMemory", "128MB"),
    "a word for a boolean": wrong("prometheus.istio.io/merge-metrics", "yes"),
    "another way to intercept": wrong("sidecar.istio.io/interceptionMode", "redirect"),
    "a config that is a text": wrong("proxy.istio.io/config", "debug"),
    "a config that is no YAML": wrong("proxy.istio.io/config", "{"),
    "a config with an address without a port": wrong("proxy.istio.io/config", "discoveryAddress: istiod"),
    "a config with a duration without a unit": wrong("proxy.istio.io/config", "drainDuration: 45"),
    "a config with a port that is none": wrong("proxy.istio.io/config", "statusPort: 0"),
  },
});
