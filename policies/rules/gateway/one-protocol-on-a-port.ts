import { groupedBy } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readWorkloads } from "../../model/workloads.ts";
import { isHttp } from "../../values/protocols.ts";
import type { FindingInMesh, MeshRule, Severity } from "../../engine/rule.ts";

export const oneProtocolOnAPort: MeshRule = {
  id: "one-protocol-on-a-port",
  title: "On each port of a gateway's Pods, either all servers use plain HTTP or none does.",
  rationale:
    "One port cannot mix plain HTTP with TLS or other protocols, so istiod keeps the first server and silently drops the others.",
  remediation:
    "Serve HTTPS, TLS or TCP on a different port than HTTP, such as 443, or give the servers different bind addresses.",
  severity: "high",
  codes: [],

  // Istio: mergeGateways and canMergeProtocols in pilot/pkg/model/gateway.go.
  *checkMesh(mesh) {
    const found = new Map<Field, FindingInMesh>();
    for (const servers of serversOnSamePods(mesh)) {
      if (new Set(servers.map(({ speaks }) => speaks)).size < 2) continue;
      for (const one of servers) {
        const severity = lossOf(one, servers);
        if (severity === undefined || found.get(one.server)?.severity === "high") continue;
        const path = one.server.at("port", "protocol").path;
        const message =
          "use another port for this protocol: a server with another protocol uses this one on the same Pods";
        found.set(one.server, { object: one.object, path, message, severity });
      }
    }
    yield* found.values();
  },
};

interface Server {
  readonly object: MeshObject;
  readonly server: Field;
  /** Its place among the servers of its Gateway. */
  readonly order: number;
  /** Port and address. */
  readonly key: string;
  readonly speaks: "HTTP" | "TCP" | "TLS";
}

function serversOf(object: MeshObject): Server[] {
  return object.spec
    .at("servers")
    .items()
    .flatMap((server, order) => {
      const [number, bind, tls] = [server.at("port", "number"), server.at("bind"), server.at("tls")];
      const protocol = server.at("port", "protocol").string();
      if (number.isUnknown() || bind.isUnknown() || tls.isUnknown() || protocol === undefined) return [];
      const speaks = isHttp(protocol) ? "HTTP" : tls.isPresent() ? "TLS" : "TCP";
      return [{ object, server, order, key: `${number.number() ?? 0} ${bind.string() ?? ""}`, speaks }];
    });
}

/** Those that some pods have together: by the same selector, or because declared pods are selected by several. */
function serversOnSamePods(mesh: Mesh): Server[][] {
  const bySelector = new Map<string, MeshObject[]>();
  const byPods = new Map<object, MeshObject[]>();
  const put = <Key>(map: Map<Key, MeshObject[]>, key: Key, gateway: MeshObject) =>
    map.set(key, [...(map.get(key) ?? []), gateway]);
  for (const gateway of mesh.all("Gateway")) {
    const selector = gateway.spec.at("selector").stringMap();
    if (selector === undefined) continue;
    put(
      bySelector,
      [...selector]
        .map((label) => label.join("="))
        .toSorted()
        .join(),
      gateway,
    );
    for (const pods of mesh.derive(readWorkloads).selectedBy(selector)) put(byPods, pods, gateway);
  }
  const groups = [...bySelector.values(), ...byPods.values()];
  return groups.flatMap((gateways) => [...groupedBy(gateways.flatMap(serversOf), ({ key }) => key).values()]);
}

/** How bad it is for a server that others of another protocol are there; nothing if there are none, or if it goes first. */
function lossOf(one: Server, servers: readonly Server[]): Severity | undefined {
  const others = servers.filter((other) => other.speaks !== one.speaks);
  if (others.some((other) => !goesFirst(one, other))) return "high";
  // It holds by the order of the servers alone, which nobody minds who adds another one.
  return others.some((other) => other.order < one.order) ? "low" : undefined;
}

/** Whether a server is kept for certain: an earlier one of the same Gateway. Of several Gateways the oldest goes first. */
function goesFirst(one: Server, other: Server): boolean {
  if (one.object !== other.object) return false;
  // Plain text is added behind TLS that came first.
  return one.order < other.order || other.speaks === "TLS";
}
