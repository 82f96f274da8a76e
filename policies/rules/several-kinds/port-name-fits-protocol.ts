import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { isOrBegins } from "../../model/kiali/protocols.ts";

export const portNameFitsProtocol: ObjectRule = {
  id: "port-name-fits-protocol",
  title: "The name of a port of a Gateway or ServiceEntry is its protocol, or begins with it and a dash.",
  rationale: "Istio goes by the protocol, but people and other tools by the name.",
  remediation: "Name the port <protocol>, or <protocol>-<something>.",
  severity: "low",
  codes: ["KIA0601"],
  sources: [
    "kiali/business/checkers/gateways/port_checker.go",
    "kiali/business/checkers/serviceentries/port_checker.go",
  ],
  kinds: ["Gateway", "ServiceEntry"],

  *check(object) {
    for (const port of portsOf(object)) {
      const name = port.at("name");
      const protocol = port.at("protocol");
      if (name.isUnknown() || protocol.isUnknown()) continue;
      const text = (protocol.string() ?? "").toLowerCase();
      if (text === "tcp" || text === "udp" || isOrBegins(name.string() ?? "", text)) continue;
      yield { path: name.path, message: "name the port <protocol>, or <protocol>-<something>" };
    }
  },
};

function portsOf({ kind, spec }: MeshObject): Field[] {
  if (kind === "ServiceEntry") return spec.at("ports").items();
  return spec
    .at("servers")
    .items()
    .map((server) => server.at("port"));
}
