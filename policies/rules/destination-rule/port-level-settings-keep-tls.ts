import { qualified } from "../../../istio/hosts.ts";
import { UNKNOWN, type Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { portsOf, readServices, type ServicePort } from "../../model/services.ts";
import { ofPort, trafficPoliciesOf, tlsAt } from "../../model/trafficPolicyTls.ts";
import { isTls } from "../../values/protocols.ts";
import type { FindingInMesh, MeshRule, Severity } from "../../engine/rule.ts";

export const portLevelSettingsKeepTls: MeshRule = {
  id: "port-level-settings-keep-tls",
  title: "Port-level settings repeat the TLS settings of their host or subset.",
  rationale: "Port-level settings inherit nothing, so without their own tls clients send plain text to this port.",
  remediation: "Repeat tls in portLevelSettings for this port, or move its other settings up to the traffic policy.",
  severity: "high",
  codes: [],

  // Istio: GetPortLevelTrafficPolicy and MergeSubsetTrafficPolicy in pilot/pkg/networking/util/util.go.
  *checkMesh(mesh) {
    for (const object of mesh.all("DestinationRule")) {
      const found = new Map<string, FindingInMesh>();
      for (const { host, subset } of trafficPoliciesOf(object)) {
        const policy = subset ?? host;
        for (const settings of policy.at("portLevelSettings").items()) {
          const port = settings.at("port", "number").number();
          if (port === undefined || !settings.at("tls").isAbsent() || ofPort(policy, port) === undefined) continue;
          const severity = severityOf(dropped(host, subset, port));
          if (severity === undefined || isInOrder(mesh, object, port)) continue;
          const { path } = settings.at("tls");
          found.set(path, {
            object,
            path,
            message: "repeat tls here: this port does not inherit the settings above",
            severity,
          });
        }
      }
      yield* found.values();
    }
  },
};

/** The TLS settings that would hold at a port if its own settings were not there. */
function dropped(host: Field, subset: Field | undefined, port: number): Field | undefined {
  const own = (subset ?? host).at("tls");
  if (subset === undefined || own.isPresent() || own.isUnknown()) return own;
  return tlsAt({ host }, port);
}

/** To drop DISABLE or ISTIO_MUTUAL is as good as to keep it, where sidecars find out by themselves what a server accepts. */
function severityOf(tls: Field | undefined): Severity | undefined {
  if (tls?.isPresent() !== true || tls.at("mode").isUnknown()) return undefined;
  const mode = tls.at("mode").string() ?? "DISABLE";
  if (mode === "SIMPLE" || mode === "MUTUAL") return "high";
  return mode === "DISABLE" ? "low" : undefined;
}

/** Whether clients should send to the port as they do: they encrypt by themselves there, or it is the one of plain HTTP. */
function isInOrder(mesh: Mesh, { namespace, spec }: MeshObject, number: number): boolean {
  const host = spec.at("host").string();
  if (host === undefined || namespace === undefined) return true;
  const services = mesh.derive(readServices);
  const ofHost = services.of(qualified(host, namespace));
  if (ofHost.length === 0) return services.find(host, namespace) === UNKNOWN;
  if (ofHost.some(({ object }) => object.spec.at("ports").isUnknown())) return true;
  const ports = ofHost.flatMap((service) => portsOf(service));
  const isUnknown = ({ place }: ServicePort) =>
    ["number", "port", "protocol", "targetPort"].some((key) => place.at(key).isUnknown());
  if (ports.some(isUnknown)) return true;
  const own = ports.filter((port) => port.number === number);
  return own.some(
    ({ place, protocol = "" }) =>
      isTls(protocol) || (number === 80 && [undefined, 80].includes(place.at("targetPort").number())),
  );
}
