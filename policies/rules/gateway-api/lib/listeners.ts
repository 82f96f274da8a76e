// Gateways of the Gateway API, their listeners, and which routes these take.
import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { readNamespaces } from "../../../model/namespaces.ts";

/** The declared Gateways by `<namespace>/<name>`; open if one of them is not known by name yet. */
export function readGateways(mesh: Mesh) {
  const byName = new Map<string, MeshObject>();
  let isOpen = false;
  for (const object of mesh.all("K8sGateway")) {
    const { id, namespace } = object;
    if (id === undefined || namespace === undefined) isOpen = true;
    else byName.set(`${namespace}/${id}`, object);
  }
  return { byName, isOpen };
}

/** Whether a parent of a route is a Gateway. */
export function isToGateway(ref: Field): boolean {
  const group = ref.at("group");
  const kind = ref.at("kind");
  return (
    (kind.isAbsent() || kind.string() === "Gateway") &&
    (group.isAbsent() || group.string() === "gateway.networking.k8s.io")
  );
}

/** Whether a listener of a Gateway takes, or may take, routes from another namespace. */
export function takesFrom(mesh: Mesh, { spec }: MeshObject, namespace: string): boolean {
  const listeners = spec.at("listeners");
  return listeners.isUnknown() || listeners.items().some((listener) => listenerTakesFrom(mesh, listener, namespace));
}

/** The same for one listener. */
export function listenerTakesFrom(mesh: Mesh, listener: Field, namespace: string): boolean {
  const allowed = listener.at("allowedRoutes", "namespaces");
  const from = allowed.at("from");
  if (from.isUnknown() || from.string() === "All") return true;
  return from.string() === "Selector" && maySelect(mesh, allowed.at("selector"), namespace);
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
