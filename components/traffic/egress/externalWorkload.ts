import * as net from "node:net";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { WorkloadEntrySpec } from "../../../istio/generated/specs.ts";
import * as field from "../../../lib/schema/fields.ts";
import type { Inputs } from "../../inputs.ts";
import { labels, type PodLabels } from "../routing/matches.ts";
import { limit } from "../numbers.ts";

/**
 * A server that is no pod, such as a virtual machine with MySQL.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-entry/
 */
export interface WorkloadArgs {
  /** IP address, or a name that DNS knows; the same kind for all workloads of a host. */
  readonly address: pulumi.Input<string>;

  /**
   * Ports by the name of the host's port.
   * @default - the host's port, or its `targetPort`
   */
  readonly ports?: Readonly<Record<string, number>>;

  /**
   * Labels beside the one by which the host finds it; a subset can choose by them.
   * @default - none
   */
  readonly labels?: PodLabels;

  /**
   * Service account as which the server is known.
   * @default - none: the server has no identity in the mesh
   */
  readonly serviceAccount?: string;

  /**
   * Such as `us-east-1/us-east-1a`.
   * @default - unknown
   */
  readonly locality?: string;

  /**
   * Its share, relative to the other workloads.
   * @default 1
   */
  readonly weight?: number;
}

/** Label by which a ServiceEntry finds its workloads. */
export const HOST_LABEL = "mesh/external-host";

/** By the mark that every output has: the SDK takes a second to load, and a stack file has no outputs. */
const isOutput = (value: unknown): boolean => typeof value === "object" && value !== null && "__pulumiOutput" in value;

const addressError = "must be an IP address or the name of a server, such as 10.0.0.5 or mysql.internal.example.com";
/** An address; one that is not known before `up` cannot be checked. */
export const address = z.custom<pulumi.Input<string>>().superRefine((value: unknown, context) => {
  if (isOutput(value) || value instanceof Promise) return;
  if (typeof value !== "string" || (net.isIP(value) === 0 && !field.host.safeParse(value).success)) {
    context.addIssue({ code: "custom", message: addressError });
  }
});
field.alternativesOf.set(address, [z.string({ error: addressError })]);

export const endpointPorts = field.named(field.dnsLabel, field.port, "names of the host's ports to ports");

export const workload = field.section({
  address,
  ports: endpointPorts.exactOptional(),
  labels: labels.exactOptional(),
  serviceAccount: field.dnsLabel.exactOptional(),
  locality: field.text(/^[^\s/]+(\/[^\s/]+){0,2}$/, "must be a locality, such as us-east-1/us-east-1a").exactOptional(),
  weight: limit.exactOptional(),
});

/** The `spec` of a WorkloadEntry; `label` is the value that the ServiceEntry looks for. */
export function workloadEntrySpec(label: string, { labels: own, ...args }: WorkloadArgs): Inputs<WorkloadEntrySpec> {
  return { ...args, labels: { ...own, [HOST_LABEL]: label } };
}
