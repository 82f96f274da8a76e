import * as pulumi from "@pulumi/pulumi";
import * as field from "../../../lib/schema/fields.ts";
import type { MeshNamespace } from "../../application/meshNamespace.ts";
import { checkArguments } from "../../checkArguments.ts";
import { reporting } from "../../arguments.ts";
import type { Mesh } from "../../mesh.ts";
import { EGRESS_GATEWAY, egressGatewaySpec, egressHopSpec, egressRoutesSpec, withEgressGateway } from "./egress.ts";
import { checkExternalHost } from "./externalTraffic.ts";
import { checkExternal, externalFields, hostLabel, serviceEntrySpec, type ExternalOptions } from "./externalOptions.ts";
import { workloadEntrySpec } from "./externalWorkload.ts";
import { istioObject } from "../objects.ts";
import { objectName } from "../objectName.ts";
import { exportTo, routedHost } from "../routing/routing.ts";

export interface ExternalServiceArgs extends ExternalOptions {
  /**
   * The host as clients call it.
   * @default - the name of the component
   */
  readonly host?: string;

  /**
   * Namespaces whose pods may call it: `.` is the one it is in, `*` all. Where the mesh's outbound traffic policy is
   * REGISTRY_ONLY, others get 502; where it is ALLOW_ANY, they pass unseen.
   * @default ["."]
   */
  readonly exportTo?: readonly string[];

  /** Namespace of its clients. */
  readonly namespace: MeshNamespace;

  readonly mesh: Mesh;
}

const externalService = (name: string) =>
  field
    .section({ ...externalFields, host: routedHost.exactOptional(), exportTo: exportTo.exactOptional() })
    .superRefine((args, context) => {
      checkExternal(args, reporting(context));
      checkExternalHost(args.host ?? name, args, reporting(context));
    }, field.always);

/**
 * A host outside the mesh that pods may call, and the way to it: a ServiceEntry, the servers behind it, and where
 * wanted the egress gateway between.
 *
 * How its pods are reached, with which timeout and how encrypted, a `ServiceRouting` of the same host says.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @example
 * new ExternalService("api.example.com", { namespace, mesh, ports: { https: { number: 443, protocol: "HTTPS" } } });
 */
export class ExternalService extends pulumi.ComponentResource {
  constructor(name: string, args: ExternalServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:ExternalService", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the external host ${name}`, externalService(name), rules);
    const { host = name, exportTo: visible = ["."] } = rules;
    const object = objectName(name);
    const inMesh = { parent: this, dependsOn: [namespace, mesh.controlPlane] };
    const inNamespace = { namespace: namespace.name };

    for (const [workloadName, each] of Object.entries(rules.workloads ?? {})) {
      istioObject(
        "WorkloadEntry",
        { ...inNamespace, name: `${object}-${workloadName}`, spec: workloadEntrySpec(hostLabel(host), each) },
        inMesh,
      );
    }
    const clients = rules.egressGateway ? withEgressGateway(visible, mesh) : visible;
    const entry = istioObject(
      "ServiceEntry",
      { ...inNamespace, name: `${object}-external`, spec: serviceEntrySpec(host, rules, clients) },
      inMesh,
    );

    if (rules.egressGateway) {
      const gateway = `${object.replaceAll(".", "-").slice(0, 56)}-egress`;
      // The hop has a name by where it leads to: when the gateway moves, routes never lead to a hop that is gone.
      const hop = `${object}-to-${EGRESS_GATEWAY.namespace}`;
      const before = [
        entry,
        ...(mesh.egressGateway ? [mesh.egressGateway.ready] : []),
        istioObject("Gateway", { ...inNamespace, name: gateway, spec: egressGatewaySpec(host, rules.ports) }, inMesh),
        istioObject("DestinationRule", { ...inNamespace, name: hop, spec: egressHopSpec(host, clients) }, inMesh),
      ];
      istioObject(
        "VirtualService",
        { ...inNamespace, name: `${object}-egress`, spec: egressRoutesSpec(host, gateway, rules.ports, clients) },
        { parent: this, dependsOn: [...inMesh.dependsOn, ...before] },
      );
    }

    this.registerOutputs({ host });
  }
}
