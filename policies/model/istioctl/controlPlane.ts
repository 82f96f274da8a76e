import type { MeshObject } from "../mesh.ts";

/** Whether an object belongs to Istio itself, by the labels that its charts put there, as far as they are known. */
export function mayBeOfIstio({ labels }: MeshObject): boolean {
  const release = labels.at("release");
  return !labels.at("istio").isAbsent() || release.isUnknown() || release.string() === "istio";
}

/** Whether one of some controllers of Gateways made an object, as istiod labels it, as far as that is known. */
export function mayBeManaged({ labels }: MeshObject, controllers: readonly string[]): boolean {
  const managed = labels.at("gateway.istio.io/managed");
  return managed.isUnknown() || controllers.includes(managed.string() ?? "");
}
