// Whether the traffic that reaches some workloads is mutual TLS, from what the namespace and the mesh say together.
import { put } from "../../../model/groups.ts";
import type { Mesh } from "../../../model/mesh.ts";
import { readKubernetesServices } from "../../../model/services.ts";
import { takes } from "../../../model/workloads.ts";
import { type Labels } from "../../../model/kiali/labels.ts";
import {
  acceptedMode,
  acceptedModes,
  acceptedModesOfMesh,
  accepts,
  isAutomatic,
  isMutual,
  MESH_HOST,
  modeForHost,
  namespaceHost,
  rulesForService,
  UNSURE,
  usedMode,
} from "../../../model/kiali/mutualTls.ts";

/** A status that is not known yet counts as "on". */
type Status = "on" | "off" | "unsaid" | "half";

/** What clients use and servers accept, as far as it is said. */
interface Sides {
  readonly clients: string | undefined;
  readonly servers: string | undefined;
}

/** Whether workloads with these labels, all those of the namespace if there are none, are reached by mutual TLS, or may be. */
export function mayBeMutualTls(mesh: Mesh, namespace: string, labels: Labels): boolean {
  if (mesh.derive(readSelecting).has(undefined)) return true;
  const own = ofWorkloads(mesh, namespace, labels);
  return own === "unsaid" ? isMutualTlsIn(mesh, namespace) : own === "on";
}

/** What PeerAuthentications of single workloads say. */
function ofWorkloads(mesh: Mesh, namespace: string, labels: Labels): "on" | "off" | "unsaid" {
  for (const { mode, selector } of mesh.derive(readSelecting).get(namespace) ?? []) {
    if (selector === undefined) return "on";
    if (selector.size === 0 || !takes(selector, labels)) continue;
    if (mode === "STRICT" || mode === UNSURE) return "on";
    if (mode === "DISABLE") return "off";
    if (mode === "PERMISSIVE") return ofClients(mesh, namespace, selector);
  }
  return "unsaid";
}

/** What a PeerAuthentication says, and of which workloads; nothing if that is not known yet. */
interface Selecting {
  readonly selector: Labels | undefined;
  readonly mode: string | undefined;
}

function readSelecting(mesh: Mesh): ReadonlyMap<string | undefined, readonly Selecting[]> {
  const byNamespace = new Map<string | undefined, Selecting[]>();
  for (const policy of mesh.all("PeerAuthentication")) {
    const selector = policy.spec.at("selector", "matchLabels").stringMap();
    put(byNamespace, policy.namespace, { selector, mode: acceptedMode(policy) });
  }
  return byNamespace;
}

/** What the DestinationRules of the Services say that select by these labels. */
function ofClients(mesh: Mesh, namespace: string, selector: Labels): "on" | "off" | "unsaid" {
  for (const { id, labels } of mesh.derive(readServicesByNamespace).get(namespace) ?? []) {
    if (id === undefined || labels === undefined) return "on";
    if (labels.size === 0 || !takes(selector, labels)) continue;
    for (const mode of rulesForService(mesh, id, namespace).map(usedMode)) {
      if (isMutual(mode) || mode === UNSURE) return "on";
      if (mode === "DISABLE") return "off";
    }
  }
  return "unsaid";
}

interface Service {
  readonly id: string | undefined;
  /** Of the pods that it selects. */
  readonly labels: Labels | undefined;
}

function readServicesByNamespace(mesh: Mesh): ReadonlyMap<string | undefined, readonly Service[]> {
  const byNamespace = new Map<string | undefined, Service[]>();
  for (const { id, namespace, spec } of mesh.derive(readKubernetesServices)) {
    put(byNamespace, namespace, { id, labels: spec.at("selector").stringMap() });
  }
  return byNamespace;
}

function isMutualTlsIn(mesh: Mesh, namespace: string): boolean {
  const isAuto = isAutomatic(mesh);
  const own: Sides = {
    clients: modeForHost(mesh, namespaceHost(namespace), namespace),
    servers: firstOf(acceptedModes(mesh, namespace)),
  };
  const whole: Sides = {
    clients: modeForHost(mesh, MESH_HOST, namespace),
    servers: firstOf(acceptedModesOfMesh(mesh)),
  };
  if ([own, whole].some(({ clients, servers }) => clients === UNSURE || servers === UNSURE)) return true;
  const status = overall(own, whole, isAuto);
  return status === "on" || (status === "unsaid" && isAuto);
}

function firstOf(modes: readonly (string | undefined)[]): string | undefined {
  return modes.includes(UNSURE) ? UNSURE : modes.find((mode) => mode !== undefined);
}

/** What a namespace says goes before what the mesh says; where it says only one side, the mesh says the other. */
function overall(own: Sides, whole: Sides, isAuto: boolean): Status {
  const status = statusOf(own, isAuto, accepts);
  if (status === "on" || status === "off") return status;
  if (status === "unsaid") return halves(whole, isAuto, accepts);
  // One side from here, one from there: only what is demanded is sure then.
  const both = { clients: own.clients ?? whole.clients, servers: own.servers ?? whole.servers };
  return halves(both, isAuto, (mode) => mode === "STRICT");
}

/** What both sides together come to. */
function statusOf({ clients, servers }: Sides, isAuto: boolean, suffices: typeof accepts): Status {
  const isLeftToIstio = clients === undefined && isAuto;
  if (suffices(servers) && (isMutual(clients) || isLeftToIstio)) return "on";
  if (servers === "DISABLE" && (clients === "DISABLE" || isLeftToIstio)) return "off";
  return clients === undefined && servers === undefined ? "unsaid" : "half";
}

/** What one side comes to where the other says nothing. */
function halves(sides: Sides, isAuto: boolean, suffices: typeof accepts): Status {
  const status = statusOf(sides, isAuto, suffices);
  if (status !== "half") return status;
  const { clients, servers } = sides;
  if (servers === undefined && clients === "DISABLE") return "off";
  if (clients === undefined && servers === "DISABLE") return "off";
  return isAuto && servers === undefined && isMutual(clients) ? "on" : "half";
}
