import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { overlap } from "../../../istio/hosts.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";
import { isToGateway, listenerTakesFrom, readGateways } from "./lib/listeners.ts";
import { namespaceOf } from "./lib/routeRefs.ts";

export const routeAttachesToListener: MeshRule = {
  id: "route-attaches-to-listener",
  title: "A route of the Gateway API names a listener of its Gateway that takes the route.",
  rationale: "A route that no listener takes is not served: clients get 404, or no connection.",
  remediation:
    "Name a listener that is there, and let it take the namespace, the kind and a hostname of the route, or move the route.",
  severity: "high",
  codes: [],

  // Istio: referenceAllowed and hostnamesMatch in pilot/pkg/config/kube/gateway/conversion.go.
  *checkMesh(mesh) {
    const gateways = mesh.derive(readGateways);
    for (const route of mesh.all("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")) {
      const { namespace } = route;
      if (namespace === undefined) continue;
      for (const ref of route.spec.at("parentRefs").items()) {
        const place = namespaceOf(ref, namespace);
        const name = ref.at("name").string();
        if (place === undefined || name === undefined || !isToGateway(ref)) continue;
        const gateway = gateways.byName.get(`${place}/${name}`);
        const listeners = gateway?.spec.at("listeners");
        if (listeners === undefined || listeners.isUnknown()) continue;
        yield* problems(mesh, route, ref, listeners.items(), place === namespace);
      }
    }
  },
};

function* problems(
  mesh: Mesh,
  object: MeshObject,
  ref: Field,
  listeners: readonly Field[],
  isOwn: boolean,
): Iterable<FindingInMesh> {
  const [section, port] = [ref.at("sectionName"), ref.at("port")];
  const named = listeners.filter((listener) => mayBe(section, listener.at("name"), (place) => place.string()));
  if (named.length === 0) {
    yield { object, path: section.path, message: "name a listener that this Gateway has" };
    return;
  }
  const meant = named.filter((listener) => mayBe(port, listener.at("port"), (place) => place.number()));
  if (meant.length === 0) {
    yield { object, path: port.path, message: "name the port of a listener that this Gateway has" };
    return;
  }
  const open = meant.filter((listener) => isOwn || listenerTakesFrom(mesh, listener, object.namespace ?? ""));
  // Of a Gateway that takes nothing from the namespace, another rule says so.
  if (open.length === 0) {
    const message = "name a listener that takes routes from this namespace";
    if (listeners.some((listener) => listenerTakesFrom(mesh, listener, object.namespace ?? "")))
      yield {
        object,
        path: ref.path,
        message,
        missing: meant.some((listener) => listenerTakesFrom(mesh, listener, object.namespace ?? "", "any labels")),
      };
    return;
  }
  const fitting = open.filter((listener) => mayTakeKind(listener, object.kind));
  if (fitting.length === 0) {
    yield { object, path: ref.path, message: "name a listener that takes routes of this kind" };
    return;
  }
  const hostnames = object.spec.at("hostnames");
  if (fitting.some((listener) => mayMeet(listener.at("hostname"), hostnames))) return;
  yield { object, path: hostnames.path, message: "use a hostname that a listener of this Gateway serves" };
}

/** Whether what a reference asks for is what a listener has, or may be. */
function mayBe(asked: Field, own: Field, read: (place: Field) => string | number | undefined): boolean {
  if (asked.isAbsent() || asked.isUnknown() || own.isUnknown()) return true;
  return read(asked) === read(own);
}

/** By protocol, what a listener takes that does not say. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTPRoute", "GRPCRoute"],
  HTTPS: ["HTTPRoute", "GRPCRoute"],
  TLS: ["TLSRoute", "TCPRoute"],
  TCP: ["TCPRoute"],
  UDP: ["UDPRoute"],
};

function mayTakeKind(listener: Field, kind: string): boolean {
  const kinds = listener.at("allowedRoutes", "kinds");
  if (kinds.isUnknown()) return true;
  const named = kinds.items().map((item) => item.at("kind"));
  if (named.length > 0) return named.some((place) => place.isUnknown() || place.string() === kind);
  const protocol = listener.at("protocol");
  if (protocol.isUnknown()) return true;
  return KINDS[protocol.string() ?? ""]?.includes(kind) ?? true;
}

function mayMeet(hostname: Field, hostnames: Field): boolean {
  if (hostname.isUnknown() || hostnames.isUnknown()) return true;
  const own = hostname.string() ?? "";
  const items = hostnames.items();
  if (own === "" || items.length === 0) return true;
  return items.some((item) => item.isUnknown() || overlap(own, item.string() ?? ""));
}
