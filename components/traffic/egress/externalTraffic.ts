import type { Report } from "../../arguments.ts";
import { itemsOf, listOf, mapOf, type Untrusted } from "../../../lib/untrusted.ts";

/*
 * What the rules about a host outside of the mesh have to do with its ports. All of it may be wrong by itself.
 */

interface Port {
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
  readonly targetPort?: unknown;
}

const HTTP = ["HTTP", "HTTP2", "GRPC"];
const TLS = ["HTTPS", "TLS"];

/** Which protocols each kind of routes is for. */
const ROUTED = [
  { kind: "routes", isFor: (protocol: string) => HTTP.includes(protocol), what: "HTTP, HTTP2 or GRPC" },
  { kind: "tlsRoutes", isFor: (protocol: string) => TLS.includes(protocol), what: "HTTPS or TLS" },
  {
    kind: "tcpRoutes",
    isFor: (protocol: string) => !HTTP.includes(protocol) && !TLS.includes(protocol),
    what: "TCP or of a database",
  },
] as const;

/** The rules about a host outside of the mesh and the rest that is said about it. */
export function checkExternalTraffic(host: unknown, args: Untrusted, report: Report): void {
  const external = mapOf(args.external);
  const ports = portsOf(external);
  // What is wrong with a port is said there, and it may be any.
  if (ports === undefined) return;
  for (const { kind, isFor, what } of ROUTED) {
    if (args[kind] !== undefined && !ports.some(({ protocol }) => isFor(protocol))) {
      report(
        [kind],
        `have no effect: no port of the host is ${what}; take the routes of its protocol, or leave them out`,
      );
    }
  }
  checkNamedPorts(args, ports, report);
  for (const port of ports) {
    checkEncryption(args, external, port, report);
  }
  checkSubsets(host, args, report);
}

function portsOf({ ports }: Untrusted): readonly Port[] | undefined {
  const all: Partial<Port>[] = Object.entries(mapOf(ports)).map(([name, port]) => ({ ...mapOf(port), name }));
  const isPort = (port: Partial<Port>): port is Port =>
    typeof port.number === "number" && typeof port.protocol === "string";
  return all.length > 0 && all.every(isPort) ? all : undefined;
}

function checkNamedPorts(args: Untrusted, ports: readonly Port[], report: Report): void {
  const check = (path: readonly PropertyKey[], port: unknown) => {
    if (typeof port === "number" && !ports.some(({ number }) => number === port)) {
      report(path, "is no port of the host: take one of external.ports, or add it there");
    }
  };
  for (const { kind } of ROUTED) {
    for (const [index, route] of itemsOf(args[kind]).entries()) {
      // At gateways it is a port of theirs.
      for (const [number, match] of (args.gateways === undefined ? itemsOf(route.match) : []).entries()) {
        check([kind, index, "match", number, "port"], match.port);
      }
      for (const [number, to] of itemsOf(route.to).entries()) {
        if (to.host === undefined) check([kind, index, "to", number, "port"], to.port);
      }
    }
  }
  for (const { path, policy } of policiesOf(args)) {
    for (const key of Object.keys(mapOf(policy.portLevelSettings))) {
      check([...path, "portLevelSettings", key], Number(key));
    }
  }
}

function policiesOf({ trafficPolicy, subsets }: Untrusted) {
  return [
    { path: ["trafficPolicy"], policy: mapOf(trafficPolicy) },
    ...Object.entries(mapOf(subsets)).map(([name, subset]) => ({
      path: ["subsets", name, "trafficPolicy"],
      policy: mapOf(mapOf(subset).trafficPolicy),
    })),
  ];
}

/** Plain text does not get far at a port for TLS, nor does TLS in TLS. */
function checkEncryption(args: Untrusted, external: Untrusted, port: Port, report: Report): void {
  if (external.location === "MESH_INTERNAL") return;
  const { name, number, protocol, targetPort } = port;
  const encrypting = policiesOf(args).flatMap(({ path, policy }) => {
    const own = mapOf(policy.portLevelSettings)[String(number)];
    const place = own === undefined ? [...path, "tls"] : [...path, "portLevelSettings", String(number), "tls"];
    const { mode } = mapOf((own === undefined ? policy : mapOf(own)).tls);
    return typeof mode === "string" && mode !== "DISABLE" ? [{ place, mode }] : [];
  });
  if (HTTP.includes(protocol) && (targetPort ?? number) === 443 && encrypting.length === 0) {
    const way =
      targetPort === undefined
        ? "write protocol: HTTPS where the client itself encrypts, else set tls in the traffic policy of this port"
        : "set tls in the traffic policy of this port, such as portLevelSettings with tls: { mode: SIMPLE }";
    report(
      ["external", "ports", name, targetPort === undefined ? "protocol" : "targetPort"],
      `sends plain HTTP to 443, where servers take TLS: ${way}`,
    );
  }
  for (const { place, mode } of TLS.includes(protocol) ? encrypting : []) {
    if (mode === "ISTIO_MUTUAL") continue;
    report(
      place,
      `encrypts again what the client has encrypted for the port ${name}: give tls to the ports of HTTP only`,
    );
  }
}

/** Servers that Istio finds by the host's name, or by addresses alone, have no labels to choose by. */
function checkSubsets(host: unknown, args: Untrusted, report: Report): void {
  const { workloads, endpoints, resolution } = mapOf(args.external);
  const isPassed =
    resolution === "NONE" || (resolution === undefined && typeof host === "string" && host.startsWith("*."));
  if (workloads !== undefined || (isPassed && endpoints === undefined)) return;
  for (const [name, subset] of Object.entries(mapOf(args.subsets))) {
    if (Object.keys(mapOf(mapOf(subset).labels)).length === 0 && mapOf(subset).labels !== undefined) continue;
    report(
      ["subsets", name],
      "has none of the servers, which have no labels: list them under external.workloads with labels, or set labels: {} for all of them",
    );
  }
}

/** The rules about the name of a host outside of the mesh and the way to its servers. */
export function checkExternalHost(host: unknown, external: Untrusted, report: Report): void {
  if (typeof host !== "string") return;
  const { resolution } = external;
  const servers = [...listOf(external.endpoints), ...Object.keys(mapOf(external.workloads))];
  const byName = resolution === "DNS" || resolution === "DNS_ROUND_ROBIN";
  if (resolution === "STATIC" && servers.length === 0) {
    report(["resolution"], "has no servers to choose from: add endpoints or workloads, or take DNS");
  }
  if (byName && host.startsWith("*.") && external.endpoints === undefined) {
    report(["resolution"], "cannot ask DNS for a host that begins with *: take NONE, or add endpoints");
  }
  if (resolution === "DNS_ROUND_ROBIN" && listOf(external.endpoints).length > 1) {
    report(["endpoints"], "must be one at most with the resolution DNS_ROUND_ROBIN: take DNS");
  }
  const isOfCluster = host.endsWith(".svc") || host.endsWith(".svc.cluster.local");
  if (!host.includes(".")) {
    report(
      [],
      "is for hosts outside of the cluster, and a name without a dot is that of a service in it: leave external out, or write the full name of the host",
    );
  } else if (isOfCluster && servers.length === 0) {
    report(
      [],
      "is for hosts outside of the cluster, and this name is that of a service in it: leave external out, or say by endpoints or workloads where its servers are",
    );
  }
}
