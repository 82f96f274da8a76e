// Gateways of the Gateway API, their listeners, and which routes these take.
import { Field } from "../../../model/field.ts";
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

/** What is taken for the labels of a namespace that is not declared. */
type Guess = "no labels" | "any labels";

/** Whether a listener of a Gateway takes, or may take, routes from another namespace. */
export function takesFrom(mesh: Mesh, { spec }: MeshObject, namespace: string, guess?: Guess): boolean {
  const listeners = spec.at("listeners");
  return (
    listeners.isUnknown() || listeners.items().some((listener) => listenerTakesFrom(mesh, listener, namespace, guess))
  );
}

/** The same for one listener. */
export function listenerTakesFrom(mesh: Mesh, listener: Field, namespace: string, guess: Guess = "no labels"): boolean {
  const allowed = listener.at("allowedRoutes", "namespaces");
  const from = allowed.at("from");
  if (from.isUnknown() || from.string() === "All") return true;
  return from.string() === "Selector" && maySelect(mesh, allowed.at("selector"), namespace, guess);
}

/** The label that Kubernetes itself puts on each namespace. */
const NAME_LABEL = "kubernetes.io/metadata.name";

function maySelect(mesh: Mesh, selector: Field, namespace: string, guess: Guess): boolean {
  if (selector.isAbsent()) return false;
  const declared = mesh.derive(readNamespaces).get(namespace)?.labels;
  // Without the Namespace itself, which labels it has is not known.
  const isOpen =
    guess === "any labels" || mesh.options.open === true || mesh.all("Namespace").some(({ id }) => id === undefined);
  const labelOf = (key: string) => (key === NAME_LABEL ? new Field(namespace, key, new Set()) : declared?.at(key));
  if (selector.isUnknown() || selector.at("matchLabels").isUnknown()) return true;
  const isEqual = ([key, value]: readonly [string, Field]) => {
    const label = labelOf(key);
    return label === undefined ? isOpen : value.isUnknown() || mayBe(label, value.string());
  };
  const isMet = (expression: Field) => {
    const label = labelOf(expression.at("key").string() ?? "");
    return label === undefined ? isOpen : mayMeet(label, expression);
  };
  return selector.at("matchLabels").entries().every(isEqual) && selector.at("matchExpressions").items().every(isMet);
}

function mayBe(label: Field, value: string | undefined): boolean {
  return label.isUnknown() || (label.isPresent() && label.string() === value);
}

function mayMeet(label: Field, expression: Field): boolean {
  const key = expression.at("key");
  const operator = expression.at("operator");
  const values = expression.at("values");
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
