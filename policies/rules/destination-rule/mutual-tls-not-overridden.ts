import { put } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { plainHost } from "../../model/kiali/hosts.ts";
import { MESH_HOST, namespaceHost, usedMode } from "../../model/kiali/mutualTls.ts";
import { shareClient } from "../../model/kiali/visibility.ts";

export const mutualTlsNotOverridden: MeshRule = {
  id: "mutual-tls-not-overridden",
  title: "A DestinationRule sets TLS where a DestinationRule for the namespace or mesh enables mutual TLS.",
  rationale: "The narrower rule replaces the wider rule entirely, so clients send plain text by accident.",
  remediation: "Repeat the TLS settings of the wider DestinationRule here, such as ISTIO_MUTUAL.",
  severity: "medium",
  codes: ["KIA0204"],
  sources: ["kiali/business/checkers/destinationrules/traffic_policy_checker.go"],

  *checkMesh(mesh) {
    for (const object of mesh.all("DestinationRule")) {
      if (setsTls(object)) continue;
      const wider = widerRules(mesh, object);
      if (!wider.some((other) => other !== object && shareClient(mesh, object, other))) continue;
      yield {
        object,
        path: object.spec.at("trafficPolicy").path,
        message: "repeat the TLS settings of the wider DestinationRule here, such as ISTIO_MUTUAL",
      };
    }
  },
};

/** Whether it has TLS settings, for all ports or for some, or may have. */
function setsTls({ spec }: MeshObject): boolean {
  const policy = spec.at("trafficPolicy");
  const ports = policy.at("portLevelSettings");
  return ports.isUnknown() || [policy, ...ports.items()].some((place) => !place.at("tls").isAbsent());
}

/** The DestinationRules that turn mutual TLS on for the host of another one. */
function widerRules(mesh: Mesh, { namespace, spec }: MeshObject): readonly MeshObject[] {
  const text = spec.at("host").string();
  if (text === undefined || namespace === undefined) return [];
  const host = plainHost(text, namespace);
  const hosts = [MESH_HOST, host.name, ...(host.isService ? [namespaceHost(host.namespace)] : [])];
  return [...new Set(hosts)].flatMap((name) => mesh.derive(readMutual).get(name) ?? []);
}

/** The DestinationRules that turn mutual TLS on, by host as written. */
function readMutual(mesh: Mesh): ReadonlyMap<string, readonly MeshObject[]> {
  const byHost = new Map<string, MeshObject[]>();
  for (const object of mesh.all("DestinationRule")) {
    const host = object.spec.at("host").string();
    if (host !== undefined && usedMode(object) === "ISTIO_MUTUAL") put(byHost, host, object);
  }
  return byHost;
}
