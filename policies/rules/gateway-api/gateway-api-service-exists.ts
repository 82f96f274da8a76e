import { isOpenNamespace } from "../../model/namespaces.ts";
import { put } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readRegistry } from "../../model/kiali/registry.ts";
import { namespaceOf } from "./lib/routeRefs.ts";

export const gatewayApiServiceExists: MeshRule = {
  id: "gateway-api-service-exists",
  title: "The Services that a route of the Gateway API names are there, and those of other namespaces grant it.",
  rationale: "Requests on the route are answered with 500.",
  remediation: "Name a Service that is there; in another namespace it needs a ReferenceGrant for this route.",
  severity: "high",
  missing: true,
  codes: ["KIA1402"],
  sources: [
    "kiali/business/checkers/k8shttproutes/no_host_checker.go",
    "kiali/business/checkers/k8sgrpcroutes/no_host_checker.go",
  ],

  *checkMesh(mesh) {
    for (const object of mesh.all("HTTPRoute", "GRPCRoute")) {
      const { namespace, spec } = object;
      if (namespace === undefined) continue;
      const parents = spec
        .at("parentRefs")
        .items()
        .filter((ref) => ref.at("kind").string() === "Service");
      const backends = spec
        .at("rules")
        .items()
        .flatMap((rule) => rule.at("backendRefs").items())
        .filter((ref) => ref.at("kind").isAbsent() || ref.at("kind").string() === "Service");
      for (const ref of [...parents, ...backends]) {
        if (isReachable(mesh, object, ref, namespace)) continue;
        const message = "name a Service that is there; in another namespace it needs a ReferenceGrant for this route";
        yield { object, path: ref.at("name").path, message };
      }
    }
  },
};

/** Whether the Service that a reference names is there and may be referred to, or this can not be told. */
function isReachable(mesh: Mesh, { kind }: MeshObject, ref: Field, namespace: string): boolean {
  const name = ref.at("name").string();
  const place = namespaceOf(ref, namespace);
  if (name === undefined || place === undefined) return true;
  if (name.includes(".")) return false;
  if (place !== namespace && !isGranted(mesh, `${kind} ${namespace}`, place)) return isOpenNamespace(mesh, place);
  return !mesh.derive(readRegistry).isMissing(name, place);
}

/** Whether a ReferenceGrant of a namespace lets routes of a kind and namespace refer to its Services, or may do so. */
function isGranted(mesh: Mesh, from: string, place: string): boolean {
  const grants = mesh.derive(readGrants);
  return [place, undefined]
    .flatMap((namespace) => grants.get(namespace) ?? [])
    .some(({ froms, isForServices }) => isForServices && (froms === undefined || froms.has(from)));
}

interface Grant {
  /** Who may refer, as `<kind> <namespace>`; nothing if it is unknown. */
  readonly froms: ReadonlySet<string> | undefined;
  readonly isForServices: boolean;
}

function readGrants(mesh: Mesh): ReadonlyMap<string | undefined, readonly Grant[]> {
  const byNamespace = new Map<string | undefined, Grant[]>();
  for (const { namespace, spec } of mesh.all("ReferenceGrant")) {
    const froms = spec.at("from").items();
    const isUnknown = spec.at("from").isUnknown() || froms.some((from) => hasUnknown(from, "namespace", "kind"));
    const texts = froms.map((from) => `${from.at("kind").string() ?? ""} ${from.at("namespace").string() ?? ""}`);
    const to = spec.at("to");
    put(byNamespace, namespace, {
      froms: isUnknown ? undefined : new Set(texts),
      isForServices: to.isUnknown() || to.items().some(isForService),
    });
  }
  return byNamespace;
}

function isForService(to: Field): boolean {
  return hasUnknown(to, "kind") || to.at("kind").string() === "Service";
}

function hasUnknown(place: Field, ...keys: readonly string[]): boolean {
  return keys.some((key) => place.at(key).isUnknown());
}
