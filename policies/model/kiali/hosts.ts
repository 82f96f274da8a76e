// How Kiali reads the hosts that objects name: see kubernetes/host.go in its source. Unlike istioctl, it knows a name with one dot
// for a service's where the second part is a namespace.
import { CLUSTER_DOMAIN, fqdnOf } from "../../../istio/hosts.ts";
import type { Mesh } from "../mesh.ts";
import { readNamespaceNames } from "./namespaces.ts";

export interface Host {
  /** A Service's name, or the whole host where it is none's. */
  readonly service: string;
  /** A Service's namespace; empty for a host that is none's. */
  readonly namespace: string;
  /** The name in full. */
  readonly name: string;
  /** Whether it is a Service's host. */
  readonly isService: boolean;
}

export type ReadHost = (host: string, namespace: string) => Host;

/** Reads a host as an object of a namespace names it. */
export function readHosts(mesh: Mesh): ReadHost {
  const namespaces = mesh.derive(readNamespaceNames);
  return (host, namespace) => {
    const [service = "", second = "", third, ...more] = host.split(".");
    if (third === undefined && second !== "" && (second === namespace || namespaces.has(second))) {
      return serviceHost(service, second);
    }
    if (third === "svc" && more.length === 0) return serviceHost(service, second);
    return plainHost(host, namespace);
  };
}

/** Reads a host without knowing which namespaces there are: a short name, or a name in full. */
export function plainHost(host: string, namespace: string): Host {
  const [service = "", second, ...domain] = host.split(".");
  if (second === undefined) return serviceHost(service, namespace);
  if (domain.join(".") === CLUSTER_DOMAIN) return serviceHost(service, second);
  return { service: host, namespace: "", name: host, isService: false };
}

export function serviceHost(service: string, namespace: string): Host {
  return { service, namespace, name: fqdnOf({ name: service, namespace }), isService: true };
}

export function isWildcard({ service }: Host): boolean {
  return service.startsWith("*");
}

/** The service and namespace that a host would be of, if it is of any. */
export function serviceAndNamespace({ service, namespace, isService }: Host): readonly [string, string] {
  const [first = "", second] = service.split(".");
  return isService || second === undefined ? [service, namespace] : [first, second];
}

/** The wildcards that cover a name, the name itself aside: `*.b.c` and `*.c` for `a.b.c`, and `*`. */
export function* wildcardsOver(name: string): Iterable<string> {
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    const wildcard = `*${name.slice(dot)}`;
    if (wildcard !== name) yield wildcard;
  }
  if (name !== "*") yield "*";
}
