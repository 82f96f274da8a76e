import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readNamespaces, isOpenNamespace } from "../../model/namespaces.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { namespaceOf } from "./lib/routeRefs.ts";

export const gatewayApiGatewayExists: MeshRule = {
  id: "gateway-api-gateway-exists",
  title: "The Gateway that a route of the Gateway API names is there, and takes routes from the route's namespace.",
  rationale: "Nobody serves the route.",
  remediation: "Name a Gateway that is there, and let one of its listeners take routes from this namespace.",
  severity: "high",
  missing: true,
  codes: ["KIA1401"],
  sources: [
    "kiali/business/checkers/k8shttproutes/no_k8sgateway_checker.go",
    "kiali/business/checkers/k8sgrpcroutes/no_k8sgateway_checker.go",
  ],

  *checkMesh(mesh) {
    const gateways = mesh.derive(readGateways);
    for (const object of mesh.all("HTTPRoute", "GRPCRoute")) {
      const { namespace } = object;
      if (namespace === undefined || gateways.isOpen) continue;
      for (const ref of object.spec.at("parentRefs").items()) {
        const name = ref.at("name").string();
        const place = namespaceOf(ref, namespace);
        if (name === undefined || name === "" || place === undefined || !isToGateway(ref)) continue;
        const gateway = gateways.byName.get(`${place}/${name}`);
        const isServed =
          gateway === undefined
            ? isOpenNamespace(mesh, place)
            : place === namespace || takesFrom(mesh, gateway, namespace);
        if (isServed) continue;
        const message = "name a Gateway that is there, and let one of its listeners take routes from this namespace";
        yield { object, path: ref.at("name").path, message };
      }
    }
  },
};

function readGateways(mesh: Mesh) {
  const byName = new Map<string, MeshObject>();
  let isOpen = false;
  for (const object of mesh.all("K8sGateway")) {
    const { id, namespace } = object;
    if (id === undefined || namespace === undefined) isOpen = true;
    else byName.set(`${namespace}/${id}`, object);
  }
  return { byName, isOpen };
}

function isToGateway(ref: Field): boolean {
  const group = ref.at("group");
  const kind = ref.at("kind");
  return (
    (kind.isAbsent() || kind.string() === "Gateway") &&
    (group.isAbsent() || group.string() === "gateway.networking.k8s.io")
  );
}

/** Whether a listener of a Gateway takes, or may take, routes from another namespace. */
function takesFrom(mesh: Mesh, { spec }: MeshObject, namespace: string): boolean {
  const listeners = spec.at("listeners");
  if (listeners.isUnknown()) return true;
  return listeners.items().some((listener) => {
    const allowed = listener.at("allowedRoutes", "namespaces");
    const from = allowed.at("from");
    if (from.isUnknown() || from.string() === "All") return true;
    return from.string() === "Selector" && maySelect(mesh, allowed.at("selector"), namespace);
  });
}

function maySelect(mesh: Mesh, selector: Field, namespace: string): boolean {
  if (selector.isAbsent()) return false;
  const labels = mesh.derive(readNamespaces).get(namespace)?.labels;
  // Without the Namespace itself, which labels it has is not known.
  if (labels === undefined)
    return mesh.options.open === true || mesh.all("Namespace").some(({ id }) => id === undefined);
  if (selector.isUnknown() || selector.at("matchLabels").isUnknown()) return true;
  const equal = selector.at("matchLabels").entries();
  if (!equal.every(([key, value]) => value.isUnknown() || mayBe(labels.at(key), value.string()))) return false;
  return selector
    .at("matchExpressions")
    .items()
    .every((expression) => mayMeet(labels, expression));
}

function mayBe(label: Field, value: string | undefined): boolean {
  return label.isUnknown() || (label.isPresent() && label.string() === value);
}

function mayMeet(labels: Field, expression: Field): boolean {
  const key = expression.at("key");
  const operator = expression.at("operator");
  const values = expression.at("values");
  const label = labels.at(key.string() ?? "");
  if ([key, operator, values, ...values.items(), label].some((place) => place.isUnknown())) return true;
  const isIn = label.isPresent() && values.strings().includes(label.string() ?? "");
  switch (operator.string()) {
    case "In":
      return isIn;
    case "NotIn":
      return !isIn;
    case "Exists":
      return label.isPresent();
    case "DoesNotExist":
      return label.isAbsent();
    default:
      return false;
  }
}
