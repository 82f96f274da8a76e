import type { MeshRule } from "../../engine/rule.ts";
import { isWildcard, plainHost } from "../../model/kiali/hosts.ts";
import { readRegistry } from "../../model/kiali/registry.ts";

export const sidecarEgressHostKnown: MeshRule = {
  id: "sidecar-egress-host-known",
  title: "A Sidecar imports hosts of Services and ServiceEntries that its namespace can see.",
  rationale: "The import has no effect, and with REGISTRY_ONLY the intended host is unreachable.",
  remediation: "Use <namespace>/<host> of an existing host.",
  severity: "medium",
  missing: true,
  codes: ["KIA1004"],
  sources: ["kiali/business/checkers/sidecars/egress_listener_checker.go"],

  *checkMesh(mesh) {
    const registry = mesh.derive(readRegistry);
    for (const object of mesh.all("Sidecar")) {
      const { namespace, spec } = object;
      const hosts = spec
        .at("egress")
        .items()
        .flatMap((listener) => listener.at("hosts").items());
      if (namespace === undefined) continue;
      for (const place of hosts) {
        const [, name] = place.string()?.split("/") ?? [];
        if (name === undefined || name === "*") continue;
        const host = plainHost(name, namespace);
        if ((isWildcard(host) && host.namespace === namespace) || !registry.lacks(host, namespace)) continue;
        yield { object, path: place.path, message: "use <namespace>/<host> of an existing host" };
      }
    }
  },
};
