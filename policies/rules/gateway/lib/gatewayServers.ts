import { put } from "../../../model/groups.ts";
import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { labelText } from "../../../model/kiali/labels.ts";

/** A host of a server of a Gateway. */
interface Server {
  readonly object: MeshObject;
  readonly place: Field;
  /** The namespace whose VirtualServices may use it; `*` for all. */
  readonly target: string;
}

/** The servers of one workload and port, by host in small letters. */
type Servers = Map<string, Server[]>;

/** The servers of Gateways whose host another one serves too, but by another text. */
export function* overlappingServers(mesh: Mesh): Iterable<Server> {
  for (const servers of serversIn(mesh).values()) {
    const repeated = repeatedTexts(servers);
    for (const server of contested(servers)) if (!repeated.has(server.place.string() ?? "")) yield server;
  }
}

/** The hosts that several Gateways have, as they write them. */
function repeatedTexts(servers: Servers): Set<string> {
  const objects = new Map<string, Set<MeshObject>>();
  for (const { object, place } of [...servers.values()].flat()) {
    const text = place.string() ?? "";
    objects.set(text, (objects.get(text) ?? new Set()).add(object));
  }
  return new Set([...objects].flatMap(([text, group]) => (group.size > 1 ? [text] : [])));
}

function serversIn(mesh: Mesh): Map<string, Servers> {
  const byPort = new Map<string, Servers>();
  for (const object of mesh.all("Gateway")) {
    const { namespace, spec } = object;
    const selector = spec.at("selector").stringMap();
    if (selector === undefined || namespace === undefined) continue;
    for (const server of spec.at("servers").items()) {
      const port = server.at("port", "number");
      if (port.isUnknown()) continue;
      const key = `${String(port.number() ?? 0)} ${labelText(selector)}`;
      const servers: Servers = byPort.get(key) ?? new Map<string, Server[]>();
      byPort.set(key, servers);
      for (const place of server.at("hosts").items()) {
        const text = place.string();
        if (text === undefined) continue;
        const [first = "", second] = text.split("/");
        const target = second === undefined ? "*" : first === "." ? namespace : first;
        put(servers, (second ?? first).toLowerCase(), { object, place, target });
      }
    }
  }
  return byPort;
}

/** The servers whose host another one serves too: the same host, any host, or one that covers it. */
function contested(servers: Servers): Set<Server> {
  const found = new Set<Server>();
  const below = new Map<string, Targets>();
  const targetsByHost = new Map([...servers].map(([host, group]) => [host, targetsOf(group)]));
  for (const [host, group] of servers) {
    const targets = targetsByHost.get(host) ?? new Map<string, number>();
    addContested(group, targets, found, 1);
    for (const wildcard of widerHosts(host)) {
      const wider = targetsByHost.get(wildcard);
      if (wider === undefined) continue;
      addContested(group, wider, found, 0);
      const all = below.get(wildcard) ?? new Map<string, number>();
      for (const [target, count] of targets) all.set(target, (all.get(target) ?? 0) + count);
      below.set(wildcard, all);
    }
  }
  for (const [wildcard, targets] of below) addContested(servers.get(wildcard) ?? [], targets, found, 0);
  return found;
}

/** How many servers there are of each target namespace. */
type Targets = Map<string, number>;

function targetsOf(group: readonly Server[]): Targets {
  const targets: Targets = new Map<string, number>();
  for (const { target } of group) targets.set(target, (targets.get(target) ?? 0) + 1);
  return targets;
}

/** @param own - how many of the rivals are the server itself */
function addContested(group: readonly Server[], rivals: Targets, found: Set<Server>, own: 0 | 1): void {
  const total = [...rivals.values()].reduce((sum, count) => sum + count, 0);
  for (const server of group) {
    const open = rivals.get("*") ?? 0;
    const sharing = server.target === "*" ? total : open + (rivals.get(server.target) ?? 0);
    if (sharing > own) found.add(server);
  }
}

/** `*` is wider than any host; another wildcard than the hosts below it, but not than other wildcards. */
function* widerHosts(host: string): Iterable<string> {
  if (host === "*") return;
  yield "*";
  if (host.startsWith("*.")) return;
  for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) yield `*${host.slice(dot)}`;
}
