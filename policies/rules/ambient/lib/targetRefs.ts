import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { readRegistry } from "../../../model/kiali/registry.ts";

/** What an object is attached to, by name. */
export function refsOf({ spec }: MeshObject): Field[] {
  const one = spec.at("targetRef");
  return [...(one.isPresent() ? [one] : []), ...spec.at("targetRefs").items()];
}

/** The Services that an object is attached to, as far as they are declared; nothing if something about it is not known yet. */
export function targetServices(mesh: Mesh, object: MeshObject, namespace: string): MeshObject[] | undefined {
  const { spec } = object;
  const refs = refsOf(object);
  const places = refs.flatMap((ref) => [ref.at("group"), ref.at("kind"), ref.at("name")]);
  if ([spec.at("targetRef"), spec.at("targetRefs"), ...places].some((place) => place.isUnknown())) return undefined;
  const registry = mesh.derive(readRegistry);
  const names = refs.flatMap((ref) => {
    const group = ref.at("group").string() ?? "";
    const isService = ref.at("kind").string() === "Service" && (group === "" || group === "core");
    return isService ? [ref.at("name").string() ?? ""] : [];
  });
  const services = names.map((name) => registry.service(name, namespace));
  if (services.includes(undefined) && registry.mayHide(namespace)) return undefined;
  return services.filter((service) => service !== undefined);
}
