import { groupedBy } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readWorkloads, type Selector, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { gatewayServers } from "./lib/servers.ts";

/** A host that a Gateway serves at a port. */
interface Listener {
  readonly object: MeshObject;
  readonly place: Field;
  readonly selector: Selector;
  /** Port, address and host: what only one Gateway can serve on a pod. */
  readonly key: string;
  /** Whether it speaks plain HTTP, whose servers Istio merges. */
  readonly isPlain: boolean;
}

const PLAIN = new Set(["HTTP", "HTTP2", "GRPC", "GRPC-WEB"]);

export const gatewaysDoNotConflict: MeshRule = {
  id: "gateways-do-not-conflict",
  title: "On the same pods only one Gateway serves a host at a port.",
  rationale:
    "Of two servers with TLS, Istio keeps the older one and drops the certificate and the routes of the other. Plain HTTP servers are merged.",
  remediation: "Move the host into one Gateway, or give one of the Gateways another port, bind address or pods.",
  severity: "high",
  codes: ["IST0145", "KIA0301"],
  sources: [
    "istio/pkg/config/analysis/analyzers/gateway/conflictinggateway.go",
    "kiali/business/checkers/gateways/multi_match_checker.go",
  ],

  *checkMesh(mesh) {
    for (const listeners of groupedBy(listenersIn(mesh), ({ key }) => key).values()) {
      if (listeners.every(({ object }) => object === listeners[0]?.object)) continue;
      for (const { object, place } of conflicting(mesh, listeners)) {
        yield {
          object,
          path: place.path,
          message: "serve this host by one of the Gateways, or at another port",
          // Istio: mergeGateways in pilot/pkg/model/gateway.go.
          ...(listeners.every(({ isPlain }) => isPlain) && { severity: "low" as const }),
        };
      }
    }
  },
};

function listenersIn(mesh: Mesh): Listener[] {
  return gatewayServers(mesh).flatMap(({ object, selector, server }) => {
    const [number, bind] = [server.at("port", "number"), server.at("bind")];
    if (number.isUnknown() || bind.isUnknown()) return [];
    const address = `${number.number() ?? 0} ${bind.string() ?? ""}`;
    const isPlain = PLAIN.has(server.at("port", "protocol").string()?.toUpperCase() ?? "");
    return server
      .at("hosts")
      .items()
      .flatMap((place) => {
        const host = place.string();
        return host === undefined ? [] : [{ object, place, selector, key: `${address} ${host}`, isPlain }];
      });
  });
}

/** Those of some listeners, alike in all but their pods, that meet another Gateway's on a pod, or have the same selector. */
function conflicting(mesh: Mesh, listeners: readonly Listener[]): Listener[] {
  const groups = [...groupedBy(listeners, ({ selector }) => textOf(selector)).values()];
  const byPods = new Map<Workload, Set<readonly Listener[]>>();
  if (groups.length > 1) {
    for (const group of groups) {
      for (const pods of mesh.derive(readWorkloads).selectedBy(group[0]?.selector ?? new Map<string, string>())) {
        byPods.set(pods, (byPods.get(pods) ?? new Set()).add(group));
      }
    }
  }
  const meeting = new Set([...byPods.values()].filter(meet).flatMap((some) => [...some]));
  return groups.filter((group) => meeting.has(group) || meet([group])).flat();
}

function meet(groups: Iterable<readonly Listener[]>): boolean {
  return new Set([...groups].flat().map(({ object }) => object)).size > 1;
}

function textOf(selector: Selector): string {
  return [...selector]
    .map((label) => label.join("="))
    .toSorted()
    .join();
}
