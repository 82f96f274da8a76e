import type { Field } from "../../field";
import type { MeshObject } from "../../mesh";
import type { ObjectRule } from "../../rule";
import { isOrBegins } from "./lib/protocols";

export const portNameFitsProtocol: ObjectRule = {
  id: "port-name-fits-protocol",
  requires: "The name of a port of a Gateway or ServiceEntry is its protocol, or begins with it and a dash.",
  because: "Istio goes by the protocol, but people and other tools by the name.",
  wayOut: "Name the port <protocol>, or <protocol>-<something>.",
  severity: "low",
  covers: ["KIA0601"],
  kinds: ["Gateway", "ServiceEntry"],

  *check(object) {
    for (const port of portsOf(object)) {
      const name = port.at("name");
      const protocol = port.at("protocol");
      if (name.isUnknown() || protocol.isUnknown()) continue;
      const text = (protocol.text() ?? "").toLowerCase();
      if (text === "tcp" || text === "udp" || isOrBegins(name.text() ?? "", text)) continue;
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
