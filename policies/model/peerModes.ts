// What pods accept: plain text, mutual TLS or both. See ComposePeerAuthentication in pilot/pkg/security/authn of Istio's source.
import type { Mesh, MeshObject } from "./mesh.ts";
import { readNamespaces, rootNamespace } from "./namespaces.ts";
import { takes, type Selector, type Workload } from "./workloads.ts";

export type PeerMode = "DISABLE" | "PERMISSIVE" | "STRICT";

interface Policy {
  readonly selector: Selector;
  readonly mode: PeerMode | "UNSET" | undefined;
  readonly ports: ReadonlyMap<string, PeerMode | "UNSET" | undefined>;
}

/** The PeerAuthentications by namespace; nothing if it is not known yet what one of them is for, or what it says. */
function readPolicies(mesh: Mesh): ReadonlyMap<string, readonly Policy[]> | undefined {
  const byNamespace = new Map<string, Policy[]>();
  let isUnclear = false;
  for (const { namespace, spec } of mesh.all("PeerAuthentication")) {
    const selector = spec.at("selector", "matchLabels").stringMap();
    const list = spec.at("portLevelMtls");
    const ports = list.entries().map(([port, place]) => [port, place.at("mode")] as const);
    const modes = [spec.at("mtls", "mode"), ...ports.map(([, mode]) => mode)];
    isUnclear ||= [list, ...modes].filter((place) => place.isUnknown()).length > 0;
    if (namespace === undefined || selector === undefined) {
      isUnclear = true;
      continue;
    }
    const policy = {
      selector,
      mode: modeOf(spec.at("mtls", "mode").string()),
      ports: new Map(ports.map(([port, mode]) => [port, modeOf(mode.string())])),
    };
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), policy]);
  }
  return isUnclear ? undefined : byNamespace;
}

/**
 * What pods with a sidecar accept at a port of theirs; nothing if that is not known.
 *
 * @param port - on which the pods listen
 */
export function acceptedAt(mesh: Mesh, { namespace, labels }: Workload, port: number): PeerMode | undefined {
  const policies = mesh.derive(readPolicies);
  if (policies === undefined || namespace === undefined || labels === undefined) return undefined;
  const root = rootNamespace(mesh);
  const inPlace = (place: string) => policies.get(place) ?? [];
  const forAll = (place: string) => inPlace(place).filter(({ selector }) => selector.size === 0);
  const isOwn = ({ selector }: Policy) => selector.size > 0 && takes(selector, labels);
  const own = namespace === root ? [] : inPlace(namespace).filter(isOwn);

  const ofPort = settled(own.map(({ ports }) => (ports.has(String(port)) ? ports.get(String(port)) : "UNSET")));
  if (ofPort !== "UNSET") return ofPort;
  for (const level of [own, namespace === root ? [] : forAll(namespace), forAll(root)]) {
    const mode = settled(level.map((policy) => policy.mode));
    if (mode !== "UNSET") return mode;
  }
  return "PERMISSIVE";
}

/** Of several policies of a level the oldest holds, so they have to agree; UNSET if none says anything. */
function settled(modes: readonly (PeerMode | "UNSET" | undefined)[]): PeerMode | "UNSET" | undefined {
  const [first, ...others] = modes;
  if (modes.length === 0) return "UNSET";
  return others.every((other) => other === first) ? first : undefined;
}

function modeOf(text = "UNSET"): PeerMode | "UNSET" | undefined {
  return text === "STRICT" || text === "PERMISSIVE" || text === "DISABLE" || text === "UNSET" ? text : undefined;
}

/** Whether pods certainly have a sidecar that takes what comes in at a port. */
export function isBehindSidecar(mesh: Mesh, { namespace, template }: Workload, port: number): boolean {
  const spec = template.at("spec");
  const annotations = template.at("metadata", "annotations");
  if (spec.isUnknown() || !isFalse(spec.at("hostNetwork"))) return false;
  if (!annotations.at("traffic.sidecar.istio.io/includeInboundPorts").isAbsent()) return false;
  const excluded = annotations.at("traffic.sidecar.istio.io/excludeInboundPorts");
  if (excluded.isUnknown() || (excluded.string() ?? "").split(",").some((text) => Number(text) === port)) return false;
  const own = ["labels", "annotations"].map((place) => template.at("metadata", place, "sidecar.istio.io/inject"));
  if (own.some((inject) => inject.isUnknown())) return false;
  const asked = own.map((inject) => inject.string()).find((text) => text !== undefined);
  if (asked !== undefined) return asked === "true";
  const containers = ["containers", "initContainers"].flatMap((list) => spec.at(list).items());
  if (containers.some((container) => container.at("name").string() === "istio-proxy")) return true;
  return namespace !== undefined && isInjected(mesh, namespace);
}

function isInjected(mesh: Mesh, name: string): boolean {
  const namespace = mesh.derive(readNamespaces).get(name);
  if (namespace === undefined) {
    // Who asks for mutual TLS in a namespace that is declared elsewhere has sidecars there.
    const isStrict = ({ spec }: MeshObject) => spec.at("mtls", "mode").string() === "STRICT";
    return (
      name !== rootNamespace(mesh) &&
      !mesh.all("Namespace").some(({ id }) => id === undefined) &&
      mesh.all("PeerAuthentication").some((policy) => policy.namespace === name && isStrict(policy))
    );
  }
  const injection = namespace.labels.at("istio-injection");
  if (injection.isUnknown()) return false;
  return injection.isPresent() ? injection.string() === "enabled" : namespace.labels.at("istio.io/rev").isPresent();
}

const isFalse = (place: { isAbsent(): boolean; boolean(): boolean | undefined }) =>
  place.isAbsent() || place.boolean() === false;
