// What PeerAuthentications and DestinationRules say of mutual TLS. Words left out mean what Istio's API takes them for.
import { meshConfig } from "../meshConfig.ts";
import { CLUSTER_DOMAIN } from "../../../istio/hosts.ts";
import { put } from "../groups.ts";
import type { Field } from "../field.ts";
import type { Mesh, MeshObject } from "../mesh.ts";
import { rootNamespace } from "../namespaces.ts";
import { isSeenFrom } from "./visibility.ts";

/** The host of a DestinationRule for the whole mesh. */
export const MESH_HOST = "*.local";

/** The host of a DestinationRule for a whole namespace. */
export function namespaceHost(namespace: string): string {
  return `*.${namespace}.${CLUSTER_DOMAIN}`;
}

/** Whether sidecars use mutual TLS among each other without being told. */
export function isAutomatic(mesh: Mesh): boolean {
  return meshConfig(mesh).at("enableAutoMtls").boolean() ?? true;
}

/** Stands for a mode that is not known yet. */
export const UNSURE = "?";

/**
 * What servers of a PeerAuthentication accept, `UNSET` if it leaves that open, {@link UNSURE} if it is not known yet; nothing if it
 * says nothing.
 */
export function acceptedMode({ spec }: MeshObject): string | undefined {
  return modeAt(spec.at("mtls"), "UNSET");
}

/** The same, of a PeerAuthentication for a whole namespace or mesh only. */
export function acceptedModeForAll(policy: MeshObject): string | undefined {
  const selector = policy.spec.at("selector");
  if (selector.isUnknown()) return UNSURE;
  return selector.isAbsent() ? acceptedMode(policy) : undefined;
}

/** What clients of a DestinationRule use, {@link UNSURE} if it is not known yet; nothing if it says nothing. */
export function usedMode({ spec }: MeshObject): string | undefined {
  return modeAt(spec.at("trafficPolicy", "tls"), "DISABLE");
}

function modeAt(tls: Field, standard: string): string | undefined {
  const mode = tls.at("mode");
  if (mode.isUnknown()) return UNSURE;
  if (tls.isAbsent()) return undefined;
  return mode.isAbsent() ? standard : mode.string();
}

/** The PeerAuthentications by namespace. */
function readPeerAuthentications(mesh: Mesh): ReadonlyMap<string | undefined, readonly MeshObject[]> {
  const byNamespace = new Map<string | undefined, MeshObject[]>();
  for (const object of mesh.all("PeerAuthentication")) put(byNamespace, object.namespace, object);
  return byNamespace;
}

export function peerAuthenticationsOf(mesh: Mesh, namespace: string): readonly MeshObject[] {
  return mesh.derive(readPeerAuthentications).get(namespace) ?? [];
}

/** What the PeerAuthentications for all workloads of a namespace say; one of an unknown namespace may be for this one. */
export function acceptedModes(mesh: Mesh, namespace: string): (string | undefined)[] {
  const stray = mesh.derive(readPeerAuthentications).get(undefined) ?? [];
  return [...peerAuthenticationsOf(mesh, namespace).map(acceptedModeForAll), ...stray.map(() => UNSURE)];
}

/** What the PeerAuthentications for the whole mesh say. */
export function acceptedModesOfMesh(mesh: Mesh): (string | undefined)[] {
  return acceptedModes(mesh, rootNamespace(mesh));
}

/** The DestinationRules by their hosts as written, each with its place in the order of declaration. */
export function readRulesByHost(mesh: Mesh): ReadonlyMap<string | undefined, readonly Placed[]> {
  const byHost = new Map<string | undefined, Placed[]>();
  mesh.all("DestinationRule").forEach((object, order) => {
    put(byHost, object.spec.at("host").string(), { object, order });
  });
  return byHost;
}

interface Placed {
  readonly object: MeshObject;
  readonly order: number;
}

/** What the DestinationRules of a host that a namespace sees say; one of an unknown host may be of this one. */
export function usedModes(mesh: Mesh, host: string, namespace: string): (string | undefined)[] {
  const byHost = mesh.derive(readRulesByHost);
  const seen = (byHost.get(host) ?? []).filter(({ object }) => isSeenFrom(mesh, object, namespace));
  const stray = (byHost.get(undefined) ?? []).filter(({ object }) => object.spec.at("host").isUnknown());
  return [...seen.map(({ object }) => usedMode(object)), ...stray.map(() => UNSURE)];
}

/** What the first DestinationRule of a host says that says something, of those that a namespace sees. */
export function modeForHost(mesh: Mesh, host: string, namespace: string): string | undefined {
  return usedModes(mesh, host, namespace).find((mode) => mode !== undefined);
}

/** The DestinationRules of a Service that a namespace sees, in the order of declaration. */
export function rulesForService(mesh: Mesh, service: string, namespace: string): MeshObject[] {
  const byHost = mesh.derive(readRulesByHost);
  const full = `${service}.${namespace}`;
  const short = (byHost.get(service) ?? []).filter(({ object }) => object.namespace === namespace);
  const others = [full, `${full}.svc`, `${full}.${CLUSTER_DOMAIN}`].flatMap((host) => byHost.get(host) ?? []);
  return [...short, ...others]
    .sort((one, other) => one.order - other.order)
    .flatMap(({ object }) => (isSeenFrom(mesh, object, namespace) ? [object] : []));
}

/** Whether servers accept mutual TLS in a mode. */
export function accepts(mode: string | undefined): boolean {
  return mode === "STRICT" || mode === "PERMISSIVE";
}

/** Whether clients use mutual TLS in a mode, be it with Istio's certificates or their own. */
export function isMutual(mode: string | undefined): boolean {
  return mode === "ISTIO_MUTUAL" || mode === "MUTUAL";
}
