// Which Gateways a VirtualService is bound to, and which pods serve them.
import { meshConfig } from "./meshConfig.ts";
import { qualifiedGateway } from "../../istio/gateways.ts";
import { UNKNOWN, type Field } from "./field.ts";
import type { Mesh, MeshObject } from "./mesh.ts";
import { isVisible, scopesOf, type Scopes } from "./visibility.ts";
import { readWorkloads, type Workload } from "./workloads.ts";

/** Stands for the sidecars among the gateways of a VirtualService. */
const SIDECARS = "mesh";

export interface GatewayBinding {
  /** Where the VirtualService names the Gateway. */
  readonly place: Field;
  readonly gateway: MeshObject;
}

/** The declared Gateways that a VirtualService, or one of its matches, names in its list `gateways`. */
export function boundTo(mesh: Mesh, { namespace }: MeshObject, gateways: Field): GatewayBinding[] {
  if (namespace === undefined) return [];
  const byName = mesh.derive(readByName);
  return gateways.items().flatMap((place) => {
    const gateway = byName.get(qualifiedGateway(place.string() ?? SIDECARS, namespace));
    return gateway === undefined ? [] : [{ place, gateway }];
  });
}

/** Whether the sidecars follow a VirtualService; nothing if that is not known yet. */
export function isForSidecars({ spec }: MeshObject): boolean | undefined {
  const gateways = spec.at("gateways");
  const items = gateways.items();
  if (items.some((item) => item.string() === SIDECARS)) return true;
  return gateways.isUnknown() || items.some((item) => item.isUnknown()) ? undefined : items.length === 0;
}

/** The declared pods that serve a Gateway, in whatever namespace; nothing if its selector or others are not known, or it takes all. */
export function podsServing(mesh: Mesh, { spec }: MeshObject): readonly Workload[] | undefined {
  const selector = spec.at("selector").stringMap();
  if (selector === undefined || selector.size === 0) return undefined;
  return mesh.derive(hasUnclearPods) ? undefined : mesh.derive(readWorkloads).selectedBy(selector);
}

/** Who sees a VirtualService or a DestinationRule, by its exportTo or else by the default of the mesh. */
export function scopesInMesh(mesh: Mesh, { kind, spec, namespace }: MeshObject): Scopes | typeof UNKNOWN {
  if (namespace === undefined) return UNKNOWN;
  const own = spec.at("exportTo");
  if (own.isUnknown() || own.items().length > 0) return scopesOf(own, namespace);
  return scopesOf(meshConfig(mesh).at(`default${kind}ExportTo`), namespace);
}

/** The namespaces of the pods that serve a Gateway, as far as they decide what its proxies see. */
export interface ProxyNamespaces {
  readonly names: readonly string[];
  /** Whether pods are declared; else it is the namespace of the Gateway, where they often are. */
  readonly areDeclared: boolean;
}

/** Nothing if it is not known where the pods are. */
export function namespacesOfProxies(mesh: Mesh, gateway: MeshObject): ProxyNamespaces | undefined {
  const pods = podsServing(mesh, gateway);
  if (pods === undefined) return undefined;
  const names = pods.map(({ namespace }) => namespace);
  if (names.length > 0) return { names: [...new Set(names.filter((name) => name !== undefined))], areDeclared: true };
  // Beside a stack they may be anywhere.
  if (mesh.options.open === true || gateway.namespace === undefined) return undefined;
  return { names: [gateway.namespace], areDeclared: false };
}

/** Whether certainly none of the namespaces sees what is visible in the scopes. */
export function isHiddenFrom(scopes: Scopes | typeof UNKNOWN, { names }: ProxyNamespaces): boolean {
  return scopes !== UNKNOWN && !names.some((namespace) => isVisible(scopes, namespace));
}

function hasUnclearPods(mesh: Mesh): boolean {
  return mesh
    .derive(readWorkloads)
    .all.some(({ labels, namespace }) => labels === undefined || namespace === undefined);
}

/** The Gateways as `<namespace>/<name>`. */
function readByName(mesh: Mesh): ReadonlyMap<string, MeshObject> {
  return new Map(
    mesh.all("Gateway").flatMap((gateway) => {
      const { namespace, id } = gateway;
      return namespace === undefined || id === undefined ? [] : [[`${namespace}/${id}`, gateway] as const];
    }),
  );
}
