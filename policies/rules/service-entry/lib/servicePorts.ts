import { put } from "../../../model/groups.ts";
import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { shareClient } from "../../../model/kiali/visibility.ts";

/** A port of a host of a ServiceEntry. */
export interface Entry {
  readonly object: MeshObject;
  readonly place: Field;
  readonly protocol: string;
}

/** The ports of hosts that another entry has too, with the same protocol. */
export function* sharedPorts(mesh: Mesh): Iterable<Entry> {
  for (const group of entriesIn(mesh).values()) {
    for (const entry of group) {
      const protocols = rivalProtocols(mesh, entry, group);
      if (protocols.size === 1 && protocols.has(entry.protocol)) yield entry;
    }
  }
}

function entriesIn(mesh: Mesh): Map<string, Entry[]> {
  const byPort = new Map<string, Entry[]>();
  for (const object of mesh.all("ServiceEntry")) {
    for (const place of object.spec.at("ports").items()) {
      const number = place.at("number");
      const protocol = place.at("protocol");
      if (number.isUnknown() || protocol.isUnknown()) continue;
      const entry = { object, place, protocol: protocol.string()?.toUpperCase() ?? "" };
      for (const host of object.spec.at("hosts").strings()) {
        put(byPort, `${host.toLowerCase()}:${String(number.number() ?? 0)}`, { ...entry });
      }
    }
  }
  return byPort;
}

/** The protocols of the other entries that somebody sees who sees this one. */
function rivalProtocols(mesh: Mesh, entry: Entry, group: readonly Entry[]): Set<string> {
  const rivals = group.filter((other) => other !== entry && isRival(mesh, entry, other));
  return new Set(rivals.map(({ protocol }) => protocol));
}

/** A ServiceEntry may have a port twice by itself. */
function isRival(mesh: Mesh, { object }: Entry, other: Entry): boolean {
  return other.object === object || shareClient(mesh, object, other.object);
}
