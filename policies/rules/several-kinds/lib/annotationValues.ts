import { isProxyConfig } from "./proxyConfig.ts";
import { areInterfaces, arePorts, areRanges, isBoolean, isQuantity, isUnsigned } from "./quantities.ts";

/** What the injector takes as the value of an annotation, with the words for it. */
export interface Accepted {
  readonly values: string;
  readonly accepts: (text: string) => boolean;
}

const count: Accepted = { values: "a whole number", accepts: (text) => isUnsigned(text, 32) };
const ports: Accepted = { values: "ports with commas between", accepts: arePorts };
const ranges: Accepted = { values: "ranges such as 10.0.0.0/8 with commas between", accepts: areRanges };
const quantity: Accepted = { values: "a quantity such as 100m or 128Mi", accepts: isQuantity };
const interfaces: Accepted = { values: "names of network interfaces with commas between", accepts: areInterfaces };

const orAll = ({ values, accepts }: Accepted): Accepted => ({
  values: `${values}, or *`,
  accepts: (text) => text === "*" || accepts(text),
});

export const ACCEPTED: ReadonlyMap<string, Accepted> = new Map([
  [
    "sidecar.istio.io/interceptionMode",
    { values: "REDIRECT, TPROXY or NONE", accepts: (text: string) => ["REDIRECT", "TPROXY", "NONE"].includes(text) },
  ],
  ["status.sidecar.istio.io/port", { values: "a port", accepts: (text: string) => isUnsigned(text.trim(), 16) }],
  ["readiness.status.sidecar.istio.io/initialDelaySeconds", count],
  ["readiness.status.sidecar.istio.io/periodSeconds", count],
  ["readiness.status.sidecar.istio.io/failureThreshold", count],
  ["traffic.sidecar.istio.io/includeOutboundIPRanges", orAll(ranges)],
  ["traffic.sidecar.istio.io/excludeOutboundIPRanges", ranges],
  ["traffic.sidecar.istio.io/includeInboundPorts", orAll(ports)],
  ["traffic.sidecar.istio.io/excludeInboundPorts", ports],
  ["traffic.sidecar.istio.io/excludeOutboundPorts", ports],
  ["traffic.sidecar.istio.io/excludeInterfaces", interfaces],
  ["traffic.sidecar.istio.io/kubevirtInterfaces", interfaces],
  ["istio.io/reroute-virtual-interfaces", interfaces],
  ["prometheus.istio.io/merge-metrics", { values: "true or false", accepts: isBoolean }],
  ["proxy.istio.io/config", { values: "a ProxyConfig in YAML", accepts: isProxyConfig }],
  ["sidecar.istio.io/proxyCPU", quantity],
  ["sidecar.istio.io/proxyMemory", quantity],
  ["sidecar.istio.io/proxyCPULimit", quantity],
  ["sidecar.istio.io/proxyMemoryLimit", quantity],
]);
