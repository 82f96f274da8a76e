import type { HeaderChanges, TrafficPolicy } from "../generated/specs.ts";
import type { HttpRoute } from "../virtualService.ts";
import type { Reference, Workload } from "./world.ts";

/** One decision on the way of a request. */
export interface Step {
  /** A sentence without its full stop. */
  readonly text: string;
  readonly object?: Reference;
  /** Where in the object it is decided, such as `spec.http[1].match[0]`. */
  readonly path?: string;
}

/** A copy that nobody waits for the answer of. */
export interface Mirrored {
  readonly host: string;
  readonly subset: string | undefined;
  readonly percentage: number;
}

/** The request goes to pods, or to a host outside of the cluster. */
export interface Sent {
  readonly kind: "sent";
  /** Part of all requests of this kind, from 0 to 1. */
  readonly share: number;
  readonly host: string;
  readonly port: number;
  readonly subset: string | undefined;
  /** Those that can get it; none where the host is outside. */
  readonly workloads: readonly Workload[];
  /** As the server sees them, with the query. */
  readonly path: string;
  readonly authority: string;
  readonly requestHeaders: readonly HeaderChanges[];
  readonly timeout: string | undefined;
  /** Undefined means Istio's own: twice where the connection fails. */
  readonly retries: HttpRoute["retries"];
  readonly mirrors: readonly Mirrored[];
  readonly policy: TrafficPolicy;
  /** Whether both proxies prove who they are; undefined where that is not known. */
  readonly mutualTls: boolean | undefined;
}

/** Why a proxy answers itself. */
export type Reason =
  | "abort"
  | "redirect"
  | "direct response"
  | "preflight"
  | "https redirect"
  | "no host"
  | "no route"
  | "no destination"
  | "no subset"
  | "no pods"
  | "egress"
  | "mutual TLS"
  | "authorization"
  | "no server";

/** A proxy answers itself. */
export interface Answered {
  readonly kind: "answered";
  readonly share: number;
  /** Undefined where the connection is closed without an answer. */
  readonly status: number | undefined;
  readonly reason: Reason;
  readonly location?: string;
}

/** It leaves the mesh as it was addressed, without any rule. */
export interface Unmanaged {
  readonly kind: "unmanaged";
  readonly share: number;
}

/** It cannot be told, and why. */
export interface Undecided {
  readonly kind: "undecided";
  readonly share: number;
  readonly because: string;
}

export type Result = Sent | Answered | Unmanaged | Undecided;

export interface Outcome {
  readonly steps: readonly Step[];
  /** The VirtualService whose routes hold, if one does. */
  readonly virtualService?: Reference;
  /** Waited before anything else happens, for a share of the requests from 0 to 1. */
  readonly delay?: { readonly share: number; readonly duration: string } | undefined;
  /** Their shares come to 1. */
  readonly results: readonly Result[];
}
