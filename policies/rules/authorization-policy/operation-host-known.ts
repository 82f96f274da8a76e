import { CLUSTER_DOMAIN } from "../../../istio/hosts.ts";
import { put } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { operationsOf } from "../../model/kiali/authorization.ts";
import { plainHost, readHosts, wildcardsOver, type Host } from "../../model/kiali/hosts.ts";
import { readNamespaceNames } from "../../model/kiali/namespaces.ts";
import { readRegistry } from "../../model/kiali/registry.ts";
import { isSeenFrom } from "../../model/kiali/visibility.ts";

export const operationHostKnown: MeshRule = {
  id: "operation-host-known",
  title: "A short host name in an AuthorizationPolicy belongs to a Service, a ServiceEntry or a VirtualService.",
  rationale: "Otherwise no request has that host, and this part of the rule never applies.",
  remediation: "Use an existing host, as clients send it in the Host header.",
  severity: "high",
  missing: true,
  codes: ["KIA0104"],
  sources: ["kiali/business/checkers/authorization/no_host_checker.go"],

  *checkMesh(mesh) {
    const read = mesh.derive(readHosts);
    const registry = mesh.derive(readRegistry);
    for (const object of mesh.all("AuthorizationPolicy")) {
      const { namespace } = object;
      if (namespace === undefined) continue;
      for (const place of operationsOf(object).flatMap((operation) => operation.at("hosts").items())) {
        const text = place.string();
        if (text === undefined || !isServiceName(mesh, text.trim(), namespace)) continue;
        const host = read(text, namespace);
        if (!registry.lacks(host, namespace) || isRouted(mesh, host, namespace)) continue;
        yield {
          object,
          path: place.path,
          message: "use an existing host, as clients send it in the Host header",
        };
      }
    }
  },
};

/** Whether a host is a Service's short name; any other may be what clients from outside write into their requests. */
function isServiceName(mesh: Mesh, host: string, namespace: string): boolean {
  if (host === "" || host.startsWith("*") || host.endsWith("*")) return false;
  const [, place, ...more] = host.split(".");
  if (place === undefined) return true;
  return more.length === 0 && (place === namespace || mesh.derive(readNamespaceNames).has(place));
}

/** Whether a VirtualService that a namespace sees has the host. */
function isRouted(mesh: Mesh, host: Host, namespace: string): boolean {
  const byHost = mesh.derive(readRouted);
  const has = (name: string) => (byHost.get(name) ?? []).some((object) => isSeenFrom(mesh, object, namespace));
  const short = (byHost.get(host.service) ?? []).filter(
    ({ namespace: place }) => (place ?? host.namespace) === host.namespace,
  );
  const names = ["*", `${host.service}.${host.namespace}`, host.name, `*.${host.namespace}.${CLUSTER_DOMAIN}`];
  if ([...names, ...wildcardsOver(host.service)].some(has)) return true;
  if (short.some((object) => isSeenFrom(mesh, object, namespace))) return true;
  return !host.isService && !plainHost(host.service, namespace).isService && has(host.service);
}

/** The VirtualServices by their hosts as written; one with an unknown host may have any. */
function readRouted(mesh: Mesh): ReadonlyMap<string, readonly MeshObject[]> {
  const byHost = new Map<string, MeshObject[]>();
  for (const object of mesh.all("VirtualService")) {
    const hosts = object.spec.at("hosts");
    if (hosts.isUnknown()) put(byHost, "*", object);
    for (const item of hosts.items()) {
      const host = item.isUnknown() ? "*" : item.string();
      if (host !== undefined) put(byHost, host, object);
    }
  }
  return byHost;
}
