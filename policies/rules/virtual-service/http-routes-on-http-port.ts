import { qualified } from "../../../istio/hosts.ts";
import { isForSidecars } from "../../model/gatewayBindings.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { protocolOfPort } from "../../model/portProtocols.ts";
import { readServices, type MeshService } from "../../model/services.ts";
import { isHttp, isKnownProtocol } from "../../values/protocols.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const httpRoutesOnHttpPort: MeshRule = {
  id: "http-routes-on-http-port",
  title: "A host with HTTP routes for sidecars has an HTTP port, or a port whose protocol sidecars detect.",
  rationale:
    "On a TCP, TLS or HTTPS port sidecars forward connections, so timeouts, retries, faults and splits of HTTP routes apply to no request.",
  remediation:
    "Name the port after its protocol, such as http-web or grpc, or set its appProtocol, or use tcp or tls routes for the protocol of the port.",
  severity: "medium",
  codes: [],

  // Istio: buildSidecarOutboundListener in pilot/pkg/networking/core/listener.go, ConvertProtocol in pkg/config/kube/conversion.go.
  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService")) {
      const { namespace, spec } = object;
      const hosts = spec
        .at("hosts")
        .items()
        .map((host) => host.string());
      if (namespace === undefined || hosts.length === 0 || !isForSidecarsOnly(object)) continue;
      if (spec.at("http").items().length === 0) continue;
      if (!hosts.every((host) => host !== undefined && isWithoutHttp(mesh, qualified(host, namespace)))) continue;
      const message =
        "set an HTTP protocol on a port of the host, or use tcp or tls routes: on its ports these routes never apply";
      yield { object, path: spec.at("http").path, message };
    }
  },
};

/** Of a VirtualService for gateways as well, the http routes may be for those alone. */
function isForSidecarsOnly(object: MeshObject): boolean {
  const gateways = object.spec.at("gateways").items();
  return isForSidecars(object) === true && gateways.every((gateway) => gateway.string() === "mesh");
}

/** Whether all ports of a host are known, and none of them is one of HTTP. */
function isWithoutHttp(mesh: Mesh, host: string): boolean {
  const services = host.startsWith("*") ? [] : mesh.derive(readServices).of(host);
  const isOpen = mesh.derive(hasUnclearServices);
  const protocols = services.flatMap(protocolsOf).filter((protocol) => protocol !== "udp");
  return (
    !isOpen &&
    protocols.length > 0 &&
    protocols.every((text) => text !== undefined && isKnownProtocol(text) && !isHttp(text))
  );
}

function hasUnclearServices(mesh: Mesh): boolean {
  return mesh.all("Service", "ServiceEntry").some(mayBeOf);
}

/** Whether it may be a Service of the host, as it is not known yet of which one. */
function mayBeOf({ kind, namespace, id, metadata, spec }: MeshObject): boolean {
  if (namespace === undefined) return true;
  if (kind === "Service") return id === undefined && metadata.at("name").isUnknown();
  return (
    spec.at("hosts").isUnknown() ||
    spec
      .at("hosts")
      .items()
      .some((host) => host.isUnknown())
  );
}

/** In small letters; nothing for a port whose protocol is not known. */
function protocolsOf({ object }: MeshService): (string | undefined)[] {
  const ports = object.spec.at("ports");
  if (ports.isUnknown()) return [undefined];
  const isService = object.kind === "Service";
  return ports.items().map((port) => (isService ? protocolOfPort(port) : port.at("protocol").string()?.toLowerCase()));
}
