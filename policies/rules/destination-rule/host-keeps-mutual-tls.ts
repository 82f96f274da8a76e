import { qualified } from "../../../istio/hosts.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { acceptedAt, isBehindSidecar } from "../../model/peerModes.ts";
import { targetOf } from "../../model/podPorts.ts";
import { readServices } from "../../model/services.ts";
import { tlsAt, trafficPoliciesOf } from "../../model/trafficPolicyTls.ts";
import { readWorkloads, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const hostKeepsMutualTls: MeshRule = {
  id: "host-keeps-mutual-tls",
  title: "Clients use Istio mutual TLS for a host whose Pods accept only mutual TLS.",
  rationale: "The server's sidecars reject plain text and other TLS, so every connection to this host fails.",
  remediation:
    "Remove tls from the DestinationRule or use ISTIO_MUTUAL, or let a PeerAuthentication accept plain text on this port.",
  severity: "critical",
  codes: [],

  // Istio: buildUpstreamTLSSettings in pilot/pkg/networking/core/cluster_tls.go, ComposePeerAuthentication in pilot/pkg/security/authn.
  *checkMesh(mesh) {
    for (const object of mesh.all("DestinationRule")) {
      const refused = new Set(servedPorts(mesh, object).flatMap((port) => modesRefused(mesh, object, port)));
      for (const path of new Set([...refused].map((tls) => tls.at("mode").path))) {
        const message = "remove tls, or use ISTIO_MUTUAL: the Pods of this host accept only mutual TLS";
        yield { object, path, message };
      }
    }
  },
};

interface ServedPort {
  readonly number: number;
  /** At which the pods listen. */
  readonly target: number;
  readonly pods: readonly Workload[];
}

/** The ports of the Service that a DestinationRule is for; none unless all is known of it. */
function servedPorts(mesh: Mesh, { namespace, spec }: MeshObject): ServedPort[] {
  const host = spec.at("host").string();
  if (host === undefined || namespace === undefined) return [];
  const services = mesh.derive(readServices).of(qualified(host, namespace));
  const [service, ...others] = services;
  const isOfPods = service?.object.kind === "Service" && service.object.spec.at("type").string() !== "ExternalName";
  const selector = service?.object.spec.at("selector").stringMap();
  if (service === undefined || others.length > 0 || !isOfPods || selector === undefined || selector.size === 0)
    return [];
  const workloads = mesh.derive(readWorkloads);
  const pods = workloads.selectedBy(selector, service.namespace);
  if (pods.length === 0 || workloads.all.some(({ labels }) => labels === undefined)) return [];
  return service.object.spec
    .at("ports")
    .items()
    .flatMap((port) => {
      const [number, target] = [port.at("port").number(), targetOf(port, pods)];
      const isTcp = port.at("protocol").isAbsent() || port.at("protocol").string() === "TCP";
      return isTcp && number !== undefined && target !== undefined ? [{ number, target, pods }] : [];
    });
}

/** The TLS settings by which clients connect to a port in a way that its pods refuse. */
function modesRefused(mesh: Mesh, object: MeshObject, { number, target, pods }: ServedPort): Field[] {
  const foreign = trafficPoliciesOf(object).flatMap((policies) => {
    const tls = tlsAt(policies, number);
    if (tls?.isPresent() !== true || tls.at("mode").isUnknown()) return [];
    // What is written without a mode is DISABLE to Istio.
    const mode = tls.at("mode").string() ?? "DISABLE";
    return mode === "DISABLE" || mode === "SIMPLE" ? [tls] : [];
  });
  if (foreign.length === 0) return [];
  const isStrict = (one: Workload) => isBehindSidecar(mesh, one, target) && acceptedAt(mesh, one, target) === "STRICT";
  return pods.every(isStrict) ? foreign : [];
}
