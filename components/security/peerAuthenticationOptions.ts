import type { PeerAuthenticationSpec } from "../../istio/generated/specs.ts";
import { defined } from "../../lib/defined.ts";
import * as field from "../../lib/schema/fields.ts";
import { portKey } from "../traffic/numbers.ts";
import { podSelector, type PodLabels } from "../traffic/routing/matches.ts";

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
