import * as net from "node:net";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ServiceEntrySpec } from "../../../istio/generated/specs.ts";
import { defined } from "../../../lib/defined.ts";
import * as field from "../../../lib/schema/fields.ts";
import type { Inputs } from "../../inputs.ts";
import { reporting, type Report } from "../../arguments.ts";
import { subnet } from "../routing/connectionRoutes.ts";
import { egressPorts } from "./egress.ts";
import { address, endpointPorts, HOST_LABEL, workload, type WorkloadArgs } from "./externalWorkload.ts";
import { objectName } from "../objectName.ts";

/** Protocols of a port outside the mesh. */
export const externalProtocols = ["HTTP", "HTTP2", "GRPC", "HTTPS", "TLS", "TCP", "MONGO", "MYSQL", "REDIS"] as const;

/** A host that is no service of the cluster, as plain data. */
export interface ExternalOptions {
  /** Ports by name, e.g. `{ https: { number: 443, protocol: "HTTPS" } }`. */
  readonly ports: Readonly<
    Record<
      string,
      {
        /** Port that clients call. */
        readonly number: number;
        /** What clients send: `HTTP` can be routed by its contents, `HTTPS` and `TLS` by the server's name only. */
        readonly protocol: (typeof externalProtocols)[number];
        /**
         * Port that the requests go to. With `HTTP` on 80, 443 here and `tls` in the traffic policy of port 80, the
         * proxy encrypts what the client sends in plain text.
         * @default - `number`
         */
        readonly targetPort?: number;
      }
    >
  >;

  /**
   * Whether the servers have sidecars, and with them the mesh's own encryption.
   * @default "MESH_EXTERNAL"
   */
  readonly location?: "MESH_EXTERNAL" | "MESH_INTERNAL";

  /**
   * How addresses are found: `DNS` asks for the host or the names of the endpoints, `STATIC` takes the endpoints' own,
   * `NONE` the one that the client has called.
   * @default - `STATIC` where all endpoints or workloads are IP addresses, `NONE` for `*.…`, else `DNS`
   */
  readonly resolution?: "DNS" | "DNS_ROUND_ROBIN" | "STATIC" | "NONE";

  /**
   * Addresses that clients call, by which connections that are not HTTP are told apart.
   * @default - Istio gives the host one, which pods with DNS proxying get to know
   */
  readonly addresses?: readonly string[];

  /**
   * Servers, where they are not found by the host's name.
   * @default - those that DNS knows for the host
   */
  readonly endpoints?: readonly {
    /** IP address, or a name that DNS knows; the same kind for all endpoints of a host. */
    readonly address: pulumi.Input<string>;
    /**
     * Ports by the name of the host's port.
     * @default - the host's port, or its `targetPort`
     */
    readonly ports?: Readonly<Record<string, number>>;
  }[];

  /**
   * Servers by name, each as an object of its own, with labels that subsets can choose by; either these or `endpoints`.
   * @default - none
   */
  readonly workloads?: Readonly<Record<string, WorkloadArgs>>;

  /**
   * Names that the servers' certificates must have, where the proxy encrypts.
   * @default - the host
   */
  readonly subjectAltNames?: readonly string[];

  /**
   * Whether requests leave the mesh through the egress gateway only. It needs one: `mesh:istio.egressGateway`. It can
   * tell one port of HTTP and one of TLS apart, and no others.
   * @default false
   * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
   */
  readonly egressGateway?: boolean;
}

const isMap = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

/** Fields of `ExternalOptions`, for schemas that extend it; `checkExternal` has the rules about several of them. */
export const externalFields = {
  ports: field
    .named(
      field.dnsLabel,
      field.section({
        number: field.port,
        protocol: field.oneOf(externalProtocols),
        targetPort: field.port.exactOptional(),
      }),
      "names of ports to ports",
    )
    .refine((ports) => Object.keys(ports).length > 0, { error: "must have one port or more", ...field.always })
    .superRefine((ports, context) => {
      const seen = new Map<unknown, string>();
      for (const [name, port] of Object.entries(ports)) {
        const { number } = Object(port) as { number?: unknown };
        const first = seen.get(number);
        if (first !== undefined && typeof number === "number") {
          context.addIssue({ code: "custom", path: [name, "number"], message: `is that of ${first} too` });
        }
        seen.set(number, name);
      }
    }, field.always),
  location: field.oneOf(["MESH_EXTERNAL", "MESH_INTERNAL"]).exactOptional(),
  resolution: field.oneOf(["DNS", "DNS_ROUND_ROBIN", "STATIC", "NONE"]).exactOptional(),
  addresses: z.array(subnet, { error: "must be a list of addresses" }).exactOptional(),
  endpoints: z
    .array(field.section({ address, ports: endpointPorts.exactOptional() }), { error: "must be a list of endpoints" })
    .min(1, { error: "must have one endpoint or more, or be left out" })
    .exactOptional(),
  workloads: field
    .named(field.dnsLabel, workload, "names of workloads to workloads")
    .refine((all) => Object.keys(all).length > 0, { error: "must have one workload or more", ...field.always })
    .exactOptional(),
  subjectAltNames: field.subjectAltNames.exactOptional(),
  egressGateway: field.flag.exactOptional(),
};

/** The rules about several arguments at once. Each may be wrong by itself, so nothing is taken for granted. */
export function checkExternal(args: Readonly<Record<string, unknown>>, report: Report): void {
  if (args.endpoints !== undefined && args.workloads !== undefined) {
    report(["endpoints"], "has no place beside workloads: leave one of them out");
  }
  const servers = [
    ...Object.entries(Object(args.endpoints) as object).map(([index, each]) => ({
      path: ["endpoints", Number(index)],
      each: Object(each) as { address?: unknown; ports?: unknown },
    })),
    ...Object.entries(Object(args.workloads) as object).map(([name, each]) => ({
      path: ["workloads", name],
      each: Object(each) as { address?: unknown; ports?: unknown },
    })),
  ];
  if (args.resolution === "NONE" && servers.length > 0) {
    report(["resolution"], "must be DNS or STATIC: with NONE, requests go where the client has sent them");
  }
  for (const { path, each } of servers) {
    if (args.resolution === "STATIC" && typeof each.address === "string" && net.isIP(each.address) === 0) {
      report([...path, "address"], "must be an IP address: the resolution is STATIC");
    }
    for (const name of isMap(each.ports) ? Object.keys(each.ports) : []) {
      if (isMap(args.ports) && !Object.hasOwn(args.ports, name)) {
        report([...path, "ports", name], "is no port of the host: name one of its ports");
      }
    }
  }
  if (args.egressGateway !== true || !isMap(args.ports) || !Object.values(args.ports).every(isMap)) return;
  const { http, tls, others } = egressPorts(args.ports as ExternalOptions["ports"]);
  if (http.length > 1) report(["ports"], "must have one port of HTTP only: the egress gateway cannot tell two apart");
  if (tls.length > 1) report(["ports"], "must have one port of TLS only: the egress gateway cannot tell two apart");
  if (others.length > 0) report(["ports"], "must all be HTTP or TLS, of which the egress gateway can tell the host");
}

/** Schema of `ExternalOptions`. */
export const externalRules = field.section(externalFields).superRefine((args, context) => {
  checkExternal(args, reporting(context));
}, field.always);

/** Value of a label that stands for a host. */
export const hostLabel = (host: string) => objectName(host).slice(0, 63).replace(/\W$/, "");

/** The `spec` of a ServiceEntry. */
export function serviceEntrySpec(
  host: string,
  rules: ExternalOptions,
  visible: readonly string[],
): Inputs<ServiceEntrySpec> {
  return defined<Inputs<ServiceEntrySpec>>({
    hosts: [host],
    addresses: rules.addresses,
    ports: Object.entries(rules.ports).map(([name, port]) => ({ name, ...port })),
    location: rules.location ?? "MESH_EXTERNAL",
    resolution: rules.resolution ?? defaultResolution(host, rules),
    endpoints: rules.endpoints,
    workloadSelector: rules.workloads && { labels: { [HOST_LABEL]: hostLabel(host) } },
    subjectAltNames: rules.subjectAltNames,
    exportTo: visible,
  });
}

function defaultResolution(host: string, { endpoints, workloads }: ExternalOptions) {
  const servers = [...(endpoints ?? []), ...Object.values(workloads ?? {})].map(({ address: place }) => place);
  if (servers.length === 0) return host.startsWith("*.") ? "NONE" : "DNS";
  // A name that is not known before `up` would be one of DNS; whoever has an address there says STATIC.
  return servers.every((place) => typeof place === "string" && net.isIP(place) !== 0) ? "STATIC" : "DNS";
}
