import { groupedBy } from "../../model/groups.ts";
import { UNKNOWN, type Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { scopesOf } from "../../model/visibility.ts";
import type { MeshRule } from "../../engine/rule.ts";

interface Claim {
  readonly object: MeshObject;
  readonly place: Field;
  readonly protocol: string;
  readonly scope: string;
  readonly key: string;
}

export const serviceEntryProtocolsAgree: MeshRule = {
  id: "service-entry-protocols-agree",
  title: "ServiceEntries for the same host use the same protocol for each port.",
  rationale: "Proxies use the protocol of one of them, and you do not control which one.",
  remediation:
    "Use the same protocol for this port in each ServiceEntry of the host, or declare the port in only one of them.",
  severity: "medium",
  codes: ["IST0177", "KIA1212"],
  sources: [
    "istio/pkg/config/analysis/analyzers/serviceentry/conflictingserviceentries.go",
    "kiali/business/checkers/serviceentries/multi_match_checker.go",
  ],

  *checkMesh(mesh) {
    const found = new Map<Field, Claim>();
    for (const claims of groupedBy(mesh.all("ServiceEntry").flatMap(claimsOf), ({ key }) => key).values()) {
      const byScope = groupedBy(claims, ({ scope }) => scope);
      const shared = byScope.get("*") ?? [];
      for (const [scope, local] of byScope) {
        const meeting = scope === "*" ? local : [...local, ...shared];
        if (new Set(meeting.map(({ protocol }) => protocol)).size < 2) continue;
        for (const claim of meeting) found.set(claim.place, claim);
      }
    }
    for (const { object, place } of found.values()) {
      yield {
        object,
        path: place.path,
        message: "use the same protocol for this port as the other ServiceEntries of this host",
      };
    }
  },
};

function claimsOf(object: MeshObject): Claim[] {
  const { spec, namespace } = object;
  const scopes = namespace === undefined ? UNKNOWN : scopesOf(spec.at("exportTo"), namespace);
  if (scopes === UNKNOWN) return [];
  const hosts = spec.at("hosts").strings();
  return spec
    .at("ports")
    .items()
    .flatMap((port) => {
      const [number, place] = [port.at("number"), port.at("protocol")];
      if (number.isUnknown() || place.isUnknown()) return [];
      const protocol = (place.string() ?? "").toUpperCase();
      return hosts.flatMap((host) => {
        const key = `${host.toLowerCase()} ${number.number() ?? 0}`;
        return [...scopes].map((scope) => ({ object, place, protocol, scope, key }));
      });
    });
}
