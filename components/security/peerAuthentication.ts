import * as pulumi from "@pulumi/pulumi";
import type { PeerAuthenticationSpec } from "../../istio/generated/specs.ts";
import { defined } from "../../lib/defined.ts";
import * as field from "../../lib/schema/fields.ts";
import type { MeshNamespace } from "../application/meshNamespace.ts";
import { checkArguments } from "../checkArguments.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { Mesh } from "../mesh.ts";
import { podSelector, type PodLabels } from "../traffic/routing/matches.ts";
import { portKey } from "../traffic/numbers.ts";
import { istioObject } from "../traffic/objects.ts";
import { objectName } from "../traffic/objectName.ts";

/** Whether pods take plain text: `STRICT` only the mesh's mutual TLS, `PERMISSIVE` both, `DISABLE` plain text only. */
export const mtlsModes = ["STRICT", "PERMISSIVE", "DISABLE"] as const;
export type MtlsMode = (typeof mtlsModes)[number];

/** What pods ask of those who call them, as plain data. */
export interface PeerAuthenticationOptions {
  readonly mode: MtlsMode;

  /**
   * Labels of the pods that it is for.
   * @default - all pods of the namespace, or of the mesh
   */
  readonly workload?: PodLabels;

  /**
   * Modes of single ports of the pods, not of their Service; for a `workload` only.
   * @default - the same for all ports
   */
  readonly portLevelMtls?: Readonly<Record<string, MtlsMode>>;
}

export interface PeerAuthenticationArgs extends PeerAuthenticationOptions {
  /**
   * Namespace of the pods.
   * @default - the whole mesh
   */
  readonly namespace?: MeshNamespace;

  readonly mesh: Mesh;
}

const mode = field.oneOf(mtlsModes);

/** Schema of `PeerAuthenticationOptions`. */
export const peerAuthenticationRules = field
  .section({
    mode,
    workload: podSelector.exactOptional(),
    portLevelMtls: field
      .named(portKey, mode, "ports to modes")
      .refine((all) => Object.keys(all).length > 0, { error: "must have one port or more", ...field.always })
      .exactOptional(),
  })
  .refine(({ workload, portLevelMtls }) => workload !== undefined || portLevelMtls === undefined, {
    path: ["portLevelMtls"],
    error: "needs a workload: Istio heeds ports of single workloads only",
    ...field.always,
  });

/**
 * Whether pods of the mesh, of a namespace or of a workload take plain text. The narrowest that fits a pod decides.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class PeerAuthentication extends pulumi.ComponentResource {
  constructor(name: string, args: PeerAuthenticationArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:security:PeerAuthentication", name, {}, options);
    const { namespace, mesh, ...rules } = args;
    checkArguments(`the peer authentication ${name}`, peerAuthenticationRules, rules);

    istioObject(
      "PeerAuthentication",
      {
        name: objectName(name),
        namespace: namespace?.name ?? ISTIO_NAMESPACE,
        spec: peerAuthenticationSpec(rules),
      },
      { parent: this, dependsOn: [...(namespace ? [namespace] : []), mesh.controlPlane] },
    );

    this.registerOutputs();
  }
}

/** The `spec` of a PeerAuthentication. */
export function peerAuthenticationSpec({
  mode: all,
  workload,
  portLevelMtls,
}: PeerAuthenticationOptions): PeerAuthenticationSpec {
  return defined<PeerAuthenticationSpec>({
    selector: workload && { matchLabels: workload },
    mtls: { mode: all },
    portLevelMtls:
      portLevelMtls &&
      Object.fromEntries(Object.entries(portLevelMtls).map(([number, portMode]) => [number, { mode: portMode }])),
  });
}
