import type { MeshObject } from "../../model/mesh.ts";
import type { Finding, ObjectRule } from "../../engine/rule.ts";

/** Kinds of the first authorization API, which Istio 1.6 dropped. */
const DROPPED = new Set(["ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding"]);

export const noDeprecatedField: ObjectRule = {
  id: "no-deprecated-field",
  title: "No object uses a field or a kind that Istio ignores or is about to drop.",
  rationale: "The next upgrade silently changes what it does, or it does nothing today already.",
  remediation:
    "Use delay.percentage.value, a route to the egress gateway for egressProxy, and AuthorizationPolicies for the kinds of rbac.istio.io.",
  severity: "medium",
  codes: ["IST0002"],
  sources: ["istio/pkg/config/analysis/analyzers/deprecation/deprecation.go"],
  kinds: ["VirtualService", "Sidecar", "CustomResourceDefinition"],

  *check(object) {
    switch (object.kind) {
      case "VirtualService":
        yield* delaysByPercent(object);
        break;
      case "Sidecar":
        yield* egressProxy(object);
        break;
      default:
        yield* droppedKinds(object);
    }
  },
};

function* delaysByPercent({ spec }: MeshObject): Iterable<Finding> {
  for (const route of spec.at("http").items()) {
    const percent = route.at("fault", "delay", "percent");
    if ((percent.number() ?? 0) > 0) {
      yield { path: percent.path, message: "write the share of delayed requests as percentage.value" };
    }
  }
}

function* egressProxy({ spec }: MeshObject): Iterable<Finding> {
  const proxy = spec.at("outboundTrafficPolicy", "egressProxy");
  if (proxy.isPresent()) {
    yield { path: proxy.path, message: "remove it, and route through the egress gateway with a VirtualService" };
  }
}

function* droppedKinds({ spec }: MeshObject): Iterable<Finding> {
  const kind = spec.at("names", "kind");
  const text = kind.string();
  if (text !== undefined && DROPPED.has(text) && spec.at("group").string() === "rbac.istio.io") {
    yield { path: kind.path, message: "remove this kind, and write AuthorizationPolicies instead" };
  }
}
