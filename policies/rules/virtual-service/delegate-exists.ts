import { UNKNOWN } from "../../model/field.ts";
import { delegationsOf, virtualServiceAt } from "../../model/delegates.ts";
import { scopesInMesh } from "../../model/gatewayBindings.ts";
import { isVisible } from "../../model/visibility.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const delegateExists: MeshRule = {
  id: "delegate-exists",
  title: "A route delegates to an existing VirtualService that has no hosts and is exported to it.",
  rationale: "Otherwise Istiod drops the route, and its requests fall through to the next route, or get 404.",
  remediation:
    "Create a VirtualService with this name and without hosts, exported to the namespace of the root, or name an existing one.",
  severity: "high",
  codes: [],

  // Istio: delegateVirtualServices and mergeVirtualServices in pilot/pkg/model/virtualservice_controller.go.
  *checkMesh(mesh) {
    for (const { root: object, delegate, namespace, name } of delegationsOf(mesh)) {
      const target = virtualServiceAt(mesh, namespace, name);
      const { path } = delegate.at("name");
      if (target === undefined) continue;
      if (target === "none") {
        yield { object, path, message: "name an existing VirtualService without hosts", missing: true };
        continue;
      }
      const hosts = target.spec.at("hosts");
      if (hosts.items().length > 0) {
        yield {
          object,
          path,
          message: "remove the hosts of the VirtualService that this route delegates to: a delegate has no hosts",
        };
        continue;
      }
      const scopes = scopesInMesh(mesh, target);
      if (scopes === UNKNOWN || object.namespace === undefined || isVisible(scopes, object.namespace)) continue;
      yield { object, path, message: "export the VirtualService that this route delegates to, to this namespace" };
    }
  },
};
