import type { Values } from "./values.ts";

/** For how long a pod of a gateway stays once it was told to go. */
export interface Drain {
  /** Of the pod's `proxy.istio.io/config`. */
  readonly proxyConfig: { readonly drainDuration: string; readonly terminationDrainDuration: string };
  /** The kubelet's. */
  readonly terminationGracePeriodSeconds: number;
}

/**
 * Lets a pod outlast everyone who may still send to it for so many seconds after it was told to go. Three clocks start
 * then: Envoy closes its ports after `drainDuration`, Istio's agent ends Envoy after `terminationDrainDuration`, and the
 * kubelet ends whatever is left. Only in the reverse order no connection is refused: a port is open as long as Envoy is
 * there, and Envoy is there until the agent ends it. From the first second on, Envoy asks clients to connect anew: by
 * `connection: close`, or by GOAWAY in HTTP/2.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export function drainOf(seconds: number): Drain {
  return {
    proxyConfig: { drainDuration: `${seconds + 10}s`, terminationDrainDuration: `${seconds + 5}s` },
    terminationGracePeriodSeconds: seconds + 20,
  };
}

/** The values of the chart `gateway` for it. The annotation is one: what else a proxy is told stands in it as well. */
export function drainValues({ proxyConfig, terminationGracePeriodSeconds }: Drain, further: object = {}): Values {
  return {
    podAnnotations: { "proxy.istio.io/config": JSON.stringify({ ...proxyConfig, ...further }) },
    terminationGracePeriodSeconds,
  };
}
