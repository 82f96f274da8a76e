import { UNKNOWN } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { scopesOf } from "../../model/visibility.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { groupedBy } from "../../model/istioctl/groups.ts";

interface Claim {
  readonly object: MeshObject;
  readonly path: string;
  readonly protocol: string;
  readonly scope: string;
  readonly key: string;
}

export const serviceEntryProtocolsAgree: MeshRule = {
  id: "service-entry-protocols-agree",
  title: "ServiceEntries of one host agree on the protocol of each port.",
  rationale: "The proxies follow one of them, and which one that is nobody chose.",
  remediation:
    "Write the same protocol for this port in each ServiceEntry of the host, or keep the port in one of them.",
  severity: "medium",
  codes: ["IST0177"],

  *checkMesh(mesh) {
    const found = new Map<MeshObject, Claim>();
    for (const claims of groupedBy(mesh.all("ServiceEntry").flatMap(claimsOf), ({ key }) => key).values()) {
      const byScope = groupedBy(claims, ({ scope }) => scope);
      const shared = byScope.get("*") ?? [];
      for (const [scope, local] of byScope) {
        const meeting = scope === "*" ? local : [...local, ...shared];
        if (new Set(meeting.map(({ protocol }) => protocol)).size < 2) continue;
        for (const claim of meeting) found.set(claim.object, found.get(claim.object) ?? claim);
      }
    }
    for (const { object, path } of found.values()) {
      yield { object, path, message: "give this port the protocol that the other ServiceEntries of this host give it" };
    }
  },
};

function claimsOf(object: MeshObject): Claim[] {
  const { spec, namespace } = object;
  const scopes = namespace === undefined ? UNKNOWN : scopesOf(spec.at("exportTo"), namespace);
  if (scopes === UNKNOWN) return [];
  return spec
    .at("hosts")
    .strings()
    .flatMap((host) =>
      spec
        .at("ports")
        .items()
        .flatMap((port) => {
          const [number, protocol] = [port.at("number"), port.at("protocol")];
          if (number.isUnknown() || protocol.isUnknown()) return [];
          const key = `${host} ${number.number() ?? 0}`;
          const claim = { object, path: protocol.path, protocol: (protocol.string() ?? "").toUpperCase(), key };
          return [...scopes].map((scope) => ({ ...claim, scope }));
        }),
    );
}
