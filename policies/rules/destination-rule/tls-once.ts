import { qualified, fqdnOf } from "../../../istio/hosts.ts";
import { covers } from "../../../istio/hosts.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh } from "../../model/mesh.ts";
import { protocolOfPort } from "../../model/portProtocols.ts";
import { readKubernetesServices } from "../../model/services.ts";
import { trafficPoliciesOf, tlsAt } from "../../model/trafficPolicyTls.ts";
import { isTls } from "../../values/protocols.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const tlsOnce: MeshRule = {
  id: "tls-once",
  title: "A DestinationRule does not encrypt traffic that clients already send with TLS.",
  rationale: "The server receives TLS inside TLS, and closes the connection.",
  remediation:
    "Remove tls for this port, or let clients send plain HTTP to an HTTP port where the sidecar originates TLS.",
  severity: "high",
  codes: [],

  // Istio: buildUpstreamTLSSettings in pilot/pkg/networking/core/cluster_tls.go, which does not look at the protocol of the port.
  *checkMesh(mesh) {
    const encrypted = mesh.derive(readEncryptedPorts);
    for (const object of mesh.all("DestinationRule")) {
      const { namespace, spec } = object;
      const host = spec.at("host").string();
      if (host === undefined || namespace === undefined) continue;
      const full = qualified(host, namespace);
      const found = new Map<string, boolean>();
      for (const port of encrypted.filter((one) => covers(full, one.host))) {
        const settings = trafficPoliciesOf(object)
          .map((policies) => tlsAt(policies, port.number))
          .filter(starts);
        if (settings.length === 0 || isReachedInPlain(mesh, port)) continue;
        for (const { path } of settings.map((tls) => tls.at("mode"))) {
          found.set(path, port.isOutside || found.get(path) === true);
        }
      }
      for (const [path, isOutside] of found) {
        const message = "remove tls for the port to which clients already send TLS";
        yield { object, path, message, missing: !isOutside };
      }
    }
  },
};

const starts = (tls: Field | undefined): tls is Field => ["SIMPLE", "MUTUAL"].includes(tls?.at("mode").string() ?? "");

interface Port {
  readonly host: string;
  readonly number: number;
  /** Whether the host has this port alone, which routes need not name then. */
  readonly isOnly: boolean;
  /** Whether it is outside of the mesh; to a Service within, routes of a gateway elsewhere may lead in plain text. */
  readonly isOutside: boolean;
}

/** The ports at which clients encrypt by themselves. */
function readEncryptedPorts(mesh: Mesh): readonly Port[] {
  return [...portsOutside(mesh), ...(mesh.options.open === true ? [] : portsOfServices(mesh))];
}

function portsOfServices(mesh: Mesh): Port[] {
  return mesh.derive(readKubernetesServices).flatMap(({ id, namespace, spec }) => {
    const ports = spec.at("ports").items();
    const own = ports.filter((port) => isTls(protocolOfPort(port) ?? "")).map((port) => port.at("port").number());
    if (id === undefined || namespace === undefined) return [];
    const host = fqdnOf({ name: id, namespace });
    const isOnly = ports.length === 1;
    return own.flatMap((number) => (number === undefined ? [] : [{ host, number, isOnly, isOutside: false }]));
  });
}

function portsOutside(mesh: Mesh): Port[] {
  return mesh.all("ServiceEntry").flatMap(({ spec, namespace }) => {
    const ports = spec.at("ports").items();
    const own = ports.flatMap((port) => {
      const [number, protocol] = [port.at("number").number(), port.at("protocol").string()];
      return number !== undefined && protocol !== undefined && isTls(protocol) ? [number] : [];
    });
    if (namespace === undefined) return [];
    const hosts = spec
      .at("hosts")
      .strings()
      .map((host) => qualified(host, namespace));
    const isOnly = ports.length === 1;
    return hosts.flatMap((host) => own.map((number) => ({ host, number, isOnly, isOutside: true })));
  });
}

/** Whether routes lead to the port requests, or connections, that a sidecar or gateway has in plain text; or may do so. */
function isReachedInPlain(mesh: Mesh, { host, number, isOnly }: Port): boolean {
  const { byHost, isUnclear } = mesh.derive(readPlainDestinations);
  const some = host.startsWith("*")
    ? [...byHost].filter(([name]) => covers(host, name))
    : [[host, byHost.get(host)] as const];
  const leads = (port: number | undefined) => (port === undefined ? isOnly : port === number);
  return isUnclear || some.some(([, ports]) => ports?.some(leads) === true);
}

/** The hosts that http and tcp routes lead to, with the port where one is named. */
function readPlainDestinations(mesh: Mesh) {
  const byHost = new Map<string, (number | undefined)[]>();
  let isUnclear = false;
  const add = (name: Field, port: Field, namespace: string | undefined) => {
    const text = name.string();
    isUnclear ||= name.isUnknown() || port.isUnknown() || (namespace === undefined && text !== undefined);
    if (text === undefined || namespace === undefined) return;
    const host = qualified(text, namespace);
    byHost.set(host, [...(byHost.get(host) ?? []), port.number()]);
  };
  for (const { spec, namespace } of mesh.all("VirtualService")) {
    const lists = [spec.at("http"), spec.at("tcp")];
    const routes = lists.flatMap((list) => list.items());
    const shares = routes.flatMap((route) => [route.at("route"), route.at("mirrors")]);
    isUnclear ||= [...lists, ...shares].filter((list) => list.isUnknown()).length > 0;
    const destinations = shares.flatMap((list) => list.items()).map((share) => share.at("destination"));
    for (const destination of [...destinations, ...routes.map((route) => route.at("mirror"))]) {
      add(destination.at("host"), destination.at("port", "number"), namespace);
    }
  }
  // A route of the Gateway API may name a host as such, rather than a Service.
  for (const { spec, namespace } of mesh.all("HTTPRoute", "GRPCRoute")) {
    const lists = [
      spec.at("rules"),
      ...spec
        .at("rules")
        .items()
        .map((rule) => rule.at("backendRefs")),
    ];
    isUnclear ||= lists.filter((list) => list.isUnknown()).length > 0;
    for (const backend of lists.slice(1).flatMap((list) => list.items()))
      add(backend.at("name"), backend.at("port"), namespace);
  }
  return { byHost, isUnclear };
}
