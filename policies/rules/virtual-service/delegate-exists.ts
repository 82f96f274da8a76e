import { UNKNOWN } from "../../model/field.ts";
import { delegationsOf, virtualServiceAt } from "../../model/delegates.ts";
import { scopesInMesh } from "../../model/gatewayBindings.ts";
import { isVisible } from "../../model/visibility.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const delegateExists: MeshRule = {
  id: "delegate-exists",
  title: "A route delegates to a VirtualService that is there, has no hosts and is exported to it.",
  rationale: "Istiod leaves the route out otherwise: its requests fall to the next route, or get 404.",
  remediation:
    "Create a VirtualService without hosts of this name, exported to the namespace of the root, or write the name of one.",
  severity: "high",
  codes: [],

  // Istio: delegateVirtualServices and mergeVirtualServices in pilot/pkg/model/virtualservice_controller.go.
  *checkMesh(mesh) {
    for (const { root: object, delegate, namespace, name } of delegationsOf(mesh)) {
      const target = virtualServiceAt(mesh, namespace, name);
      const { path } = delegate.at("name");
      if (target === undefined) continue;
      if (target === "none") {
        yield { object, path, message: "name a VirtualService that is there, and has no hosts", missing: true };
        continue;
      }
      const hosts = target.spec.at("hosts");
      if (hosts.items().length > 0) {
        yield {
          object,
          path,
          message: "take the hosts out of the VirtualService that it delegates to: with hosts it is none",
        };
        continue;
      }
      const scopes = scopesInMesh(mesh, target);
      if (scopes === UNKNOWN || object.namespace === undefined || isVisible(scopes, object.namespace)) continue;
      yield { object, path, message: "export the VirtualService that it delegates to, to this namespace" };
    }
  },
};
