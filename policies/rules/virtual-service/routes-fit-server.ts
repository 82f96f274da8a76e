import type { Field } from "../../model/field.ts";
import { boundTo, isForSidecars, type GatewayBinding } from "../../model/gatewayBindings.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { qualified } from "../../../istio/hosts.ts";
import { overlap } from "../../../istio/hosts.ts";
import { isHttp } from "../../values/protocols.ts";
import { modeOf } from "../../values/serverTls.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";

const KINDS = ["http", "tls", "tcp"] as const;

type RouteKind = (typeof KINDS)[number];

export const routesFitServer: MeshRule = {
  id: "routes-fit-server",
  title: "A VirtualService has the kind of routes that the Gateway's servers use for its hosts.",
  rationale:
    "HTTP and HTTPS servers use http routes, TLS passthrough servers use tls routes, and all others use tcp routes; with the wrong kind, clients get 404 or a closed connection.",
  remediation:
    "Use tls routes with sniHosts for a server in mode PASSTHROUGH, tcp routes for a TCP server, and http routes for one that terminates TLS or uses HTTP.",
  severity: "high",
  codes: [],

  // Istio: buildGatewayTCPBasedFilterChains and createGatewayTCPFilterChainOpts in pilot/pkg/networking/core/gateway.go.
  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService")) {
      const bindings = boundTo(mesh, object, object.spec.at("gateways"));
      const followed = bindings.map(({ gateway }) => kindsFollowed(gateway, object));
      yield* misfits(object, bindings, followed);
    }
  },
};

function* misfits(
  object: MeshObject,
  bindings: readonly GatewayBinding[],
  followed: readonly (ReadonlySet<RouteKind> | undefined)[],
): Iterable<FindingInMesh> {
  const { spec } = object;
  const kinds = KINDS.filter((kind) => spec.at(kind).items().length > 0);
  if (kinds.length === 0 || KINDS.some((kind) => spec.at(kind).isUnknown())) return;
  let isBoundInVain = false;
  for (const [index, { place }] of bindings.entries()) {
    const some = followed[index];
    if (some === undefined || kinds.some((kind) => some.has(kind))) continue;
    isBoundInVain = true;
    const message =
      some.size === 0
        ? "bind it to another Gateway: the servers of this one use no routes for these hosts"
        : `write ${[...some].join(" or ")} routes for this Gateway: its servers use no others for these hosts`;
    yield { object, path: place.path, message };
  }
  const everyGateway = spec.at("gateways").items().length === bindings.length && isForSidecars(object) === false;
  if (isBoundInVain || !everyGateway || bindings.length === 0) return;
  for (const kind of kinds) {
    if (!followed.every((some) => some?.has(kind) === false)) continue;
    const message = "remove these routes, or serve the hosts with a protocol that uses them: no server does";
    yield { object, path: spec.at(kind).path, message, severity: "low" };
  }
}

/** The kinds of routes that the servers for a VirtualService's hosts follow; nothing if there is no server, or not all is known. */
function kindsFollowed(gateway: MeshObject, object: MeshObject): ReadonlySet<RouteKind> | undefined {
  const list = object.spec.at("hosts");
  const hosts = list.strings();
  const servers = gateway.spec.at("servers");
  const places = servers.items().map((server) => server.at("hosts"));
  const unsure = [list, ...list.items(), servers, ...places, ...places.flatMap((place) => place.items())];
  if (object.namespace === undefined || unsure.filter((place) => place.isUnknown()).length > 0) return undefined;
  const full = hosts.map((host) => qualified(host, object.namespace ?? ""));
  const serving = servers.items().filter((server) => serves(server, gateway.namespace, full, object.namespace));
  const kinds = serving.map(kindFollowed);
  if (kinds.length === 0 || kinds.includes(undefined)) return undefined;
  return new Set(kinds.filter((kind) => kind !== undefined && kind !== "none"));
}

function serves(
  server: Field,
  ownNamespace: string | undefined,
  hosts: readonly string[],
  namespace: string | undefined,
): boolean {
  return server
    .at("hosts")
    .strings()
    .some((text) => {
      const [scope = "", ...rest] = text.split("/");
      if (rest.length === 0) return hosts.some((host) => overlap(host, text));
      const seer = scope === "." ? ownNamespace : scope;
      return (seer === "*" || seer === namespace) && hosts.some((host) => overlap(host, rest.join("/")));
    });
}

/** The kind of routes that a server follows; nothing if it is not known yet. */
function kindFollowed(server: Field): RouteKind | "none" | undefined {
  const [tls, protocol] = [server.at("tls"), server.at("port", "protocol").string()];
  if (protocol === undefined) return undefined;
  if (isHttp(protocol)) return "http";
  if (tls.isUnknown()) return undefined;
  if (tls.isAbsent()) return protocol.toUpperCase() === "HTTPS" ? undefined : "tcp";
  const mode = modeOf(tls);
  if (mode === undefined) return undefined;
  if (mode === "AUTO_PASSTHROUGH") return "none";
  if (mode === "PASSTHROUGH") return "tls";
  return protocol.toUpperCase() === "HTTPS" ? "http" : "tcp";
}
