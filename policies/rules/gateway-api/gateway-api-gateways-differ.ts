import { put } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const gatewayApiGatewaysDiffer: MeshRule = {
  id: "gateway-api-gateways-differ",
  title: "Gateways of the Gateway API share no address, and no host at the same port.",
  rationale: "Which of them gets a request nobody can tell.",
  remediation: "Give each Gateway hosts and addresses of its own.",
  severity: "medium",
  codes: ["KIA1501", "KIA1502"],
  sources: ["kiali/business/checkers/k8sgateways/multi_match_checker.go"],

  *checkMesh(mesh) {
    for (const { object, place } of shared(mesh, "addresses", addressText)) {
      yield { object, code: "KIA1502", path: place.path, message: "give each Gateway an address of its own" };
    }
    for (const { object, place } of shared(mesh, "listeners", listenerText)) {
      yield { object, code: "KIA1501", path: place.path, message: "serve this host at this port in one Gateway" };
    }
  },
};

interface Part {
  readonly object: MeshObject;
  readonly place: Field;
}

/** The parts of Gateways that one of another name has too. */
function shared(mesh: Mesh, list: string, textOf: (place: Field) => string | undefined): Part[] {
  const parts = new Map<string, Part[]>();
  for (const object of mesh.all("K8sGateway")) {
    for (const place of object.spec.at(list).items()) {
      const text = textOf(place);
      if (text !== undefined) put(parts, text, { object, place });
    }
  }
  const hasTwoNames = (group: readonly Part[]) => new Set(group.map(({ object }) => object.id)).size > 1;
  return [...parts.values()].flatMap((group) => (hasTwoNames(group) ? group : []));
}

function addressText(address: Field): string | undefined {
  const type = address.at("type");
  const value = address.at("value").string();
  if (type.isUnknown() || value === undefined || value === "") return undefined;
  return `${type.string() ?? "IPAddress"} ${value}`;
}

/** What is to be different between listeners; nothing for one without a host of its own. */
export function listenerText(listener: Field): string | undefined {
  const [host, port, protocol] = [listener.at("hostname"), listener.at("port"), listener.at("protocol")];
  if (!host.isPresent() || port.isUnknown() || protocol.isUnknown()) return undefined;
  return `${host.string() ?? ""} ${String(port.number() ?? 0)} ${protocol.string() ?? ""}`;
}
