import { protocols, type Protocol } from "../components/application/service.ts";
import type { Draft } from "./draft.ts";
import { mapOf, type Untrusted } from "../lib/untrusted.ts";

/** A service that the stack itself runs. */
export interface StackService {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** Pods of one version of a service that the stack runs. */
export interface StackPods {
  readonly namespace: string;
  readonly app: string;
  readonly version: string;
  readonly hasSidecar: boolean;
}

/** What the stack runs; others may run more in the same cluster. */
export interface StackServices {
  readonly all: readonly StackService[];
  /** Their names, as `<name>.<namespace>`. */
  readonly keys: readonly string[];
  readonly pods: readonly StackPods[];
  readonly namespaces: ReadonlySet<string>;
  /** The service that a host means to those in a namespace. */
  find(host: string, namespace: string): StackService | undefined;
  /** Whether a host means pods of the stack that have no Service, since they have no port. */
  lacksPort(host: string, namespace: string): boolean;
  /** Pods of the stack that a service leads to. */
  podsOf(service: StackService): readonly StackPods[];
}

/** Reads the services of the stack. What is wrong by itself is left out, so nothing is said of it. */
export function stackServices(draft: Draft): StackServices {
  const services = new Map<string, StackService>();
  const portless = new Set<string>();
  const pods: StackPods[] = [];
  const namespaces = new Set<string>();
  for (const { namespace, services: all } of draft.applications) {
    namespaces.add(namespace);
    for (const [name, args] of Object.entries(all)) {
      const { port, protocol = "http", versions } = mapOf(args);
      const key = `${name}.${namespace}`;
      if (port === undefined) portless.add(key);
      if (typeof port === "number" && isProtocol(protocol)) services.set(key, { name, namespace, port, protocol });
      for (const [version, each] of Object.entries(mapOf(versions))) {
        pods.push({ namespace, app: name, version, hasSidecar: mapOf(each).sidecar !== false });
      }
    }
  }
  return {
    all: [...services.values()],
    keys: [...services.keys()],
    pods,
    namespaces,
    find: (host, namespace) => services.get(serviceKey(host, namespace)),
    lacksPort: (host, namespace) => portless.has(serviceKey(host, namespace)),
    podsOf: (service) => pods.filter(({ app, namespace }) => app === service.name && namespace === service.namespace),
  };
}

const isProtocol = (value: unknown): value is Protocol => protocols.includes(value as Protocol);

/** `<name>.<namespace>` of a host as those in a namespace write it: short, with the namespace, or in full. */
export function serviceKey(host: string, namespace: string): string {
  return host.includes(".") ? host.replace(/\.svc(\.cluster\.local)?$/, "") : `${host}.${namespace}`;
}

/** Labels that Kubernetes, Istio and their controllers add to pods by themselves. */
const ADDED = /^([-\w.]+\.)?(istio\.io|kubernetes\.io|k8s\.io)\/|^pod-template-hash$/;

/** Whether pods carry the labels, as far as the stack decides that. */
export function carries({ app, version }: StackPods, labels: Untrusted): boolean {
  const own: Untrusted = { app, version };
  const isCarried = ([key, value]: [string, unknown]) => ADDED.test(key) || own[key] === value;
  // What is no string is wrong by itself.
  return Object.entries(labels).every((label) => typeof label[1] !== "string" || isCarried(label));
}

/** Whether a service is called by HTTP, by TLS that the client itself opens, or by any other protocol on TCP. */
export function layerOf({ protocol }: StackService): "HTTP" | "TLS" | "TCP" {
  if (["http", "http2", "grpc"].includes(protocol)) return "HTTP";
  return ["https", "tls"].includes(protocol) ? "TLS" : "TCP";
}

/** Whether a service certainly understands no HTTP; what is called TCP or TLS may carry it. */
export const speaksNoHttp = ({ protocol }: StackService) => ["mongo", "mysql", "redis"].includes(protocol);
