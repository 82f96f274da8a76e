import { selects } from "../../../istio/labels.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { endsTls, readFronts } from "./lib/fronts.ts";

/** Protocols that can not be anything but plain text. */
const PLAIN = new Set(["HTTP", "HTTP2", "GRPC", "GRPC-WEB"]);

export const gatewayServesTls: MeshRule = {
  id: "gateway-serves-tls",
  title: "A Gateway server uses TLS, redirects to HTTPS, or has a load balancer that terminates TLS in front of it.",
  rationale: "Anybody on the network path can read and change plain-text traffic, including passwords and cookies.",
  remediation: "Serve the hosts over HTTPS with a certificate, and keep port 80 only for tls.httpsRedirect.",
  severity: "high",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    for (const object of mesh.all("Gateway")) {
      for (const server of object.spec.at("servers").items()) {
        const protocol = server.at("port", "protocol");
        const name = protocol.string()?.toUpperCase();
        const redirect = server.at("tls", "httpsRedirect");
        if (name === undefined || !PLAIN.has(name) || redirect.isUnknown() || redirect.boolean() === true) continue;
        if (isSecuredBefore(mesh, object, server.at("port", "number"))) continue;
        yield { object, path: protocol.path, message: "serve these hosts over HTTPS, or set tls.httpsRedirect here" };
      }
    }
  },
};

/** Whether load balancers are the only way in, and TLS ends there; or that is not known yet. */
function isSecuredBefore(mesh: Mesh, { spec }: MeshObject, port: Field): boolean {
  const selector = spec.at("selector").stringMap();
  if (selector === undefined || port.isUnknown()) return true;
  const target = port.number() ?? 0;
  const ways = mesh
    .derive(readFronts)
    .filter(({ labels }) => labels !== undefined && selector.size > 0 && selects(selector, labels));
  const secured = ways.filter((way) => endsTls(way, target));
  const open = ways.filter((way) => !secured.includes(way) && way.type.string() !== "ClusterIP");
  return mesh.all("Service", "Release").some(({ hasUnread }) => hasUnread) || (secured.length > 0 && open.length === 0);
}
