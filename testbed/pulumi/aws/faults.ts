import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { apiError } from "./errors.ts";

/** What may go wrong on demand. */
export type FaultKind =
  /** A limit of the account: nothing is made. */
  | "quota"
  /** Too many requests, even for the plugin's own retries: nothing is made. */
  | "throttling"
  /** It exists and goes on by itself, but not within the time that the plugin waits. */
  | "time-out"
  /** It exists, and came to a stop half-way. */
  | "half-made";

/** One entry of the file `faults.json` in the account's folder. */
export interface Fault {
  /** The type token, e.g. `aws:eks/nodeGroup:NodeGroup`. */
  readonly type: string;
  /**
   * The name in the program.
   * @default - every resource of the type
   */
  readonly name?: string;
  readonly operation: "create" | "update" | "delete";
  readonly fault: FaultKind;
}

/** The file that orders faults; without it, or taken away again, everything goes well. */
export const faultsFile = (accountFolder: string): string => join(accountFolder, "faults.json");

/** What is to go wrong with this call, if anything. */
export function faultOf(accountFolder: string, operation: Fault["operation"], type: string, urn: string) {
  const file = faultsFile(accountFolder);
  if (!existsSync(file)) return undefined;
  const ordered = JSON.parse(readFileSync(file, "utf8")) as Fault[];
  const name = urn.split("::").pop();
  const found = ordered.find(
    (fault) => fault.type === type && fault.operation === operation && (fault.name ?? name) === name,
  );
  return found?.fault;
}

/** Limits that an account has by default, and what AWS says at them. */
const QUOTAS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  "aws:ec2/vpc:Vpc": ["VpcLimitExceeded", "The maximum number of VPCs has been reached."],
  "aws:ec2/eip:Eip": ["AddressLimitExceeded", "The maximum number of addresses has been reached."],
  "aws:ec2/natGateway:NatGateway": ["NatGatewayLimitExceeded", "The maximum number of NAT Gateways has been reached."],
  "aws:ec2/internetGateway:InternetGateway": [
    "InternetGatewayLimitExceeded",
    "The maximum number of internet gateways has been reached.",
  ],
  "aws:eks/cluster:Cluster": ["ResourceLimitExceededException", "Cluster limit exceeded for account"],
  "aws:eks/nodeGroup:NodeGroup": ["ResourceLimitExceededException", "Nodegroup limit exceeded for cluster"],
};

/** The error of a fault that leaves nothing behind. */
export function refusalOf(fault: "quota" | "throttling", type: string, action: string): Error {
  if (fault === "throttling") {
    return apiError(type, action, "ThrottlingException", "Rate exceeded", "exceeded maximum number of attempts, 25, ");
  }
  const [code, message] = QUOTAS[type] ?? ["LimitExceeded", "The quota of the account is used up."];
  return apiError(type, action, code, message);
}

/** Why something that exists is not complete. */
export function shortcomingOf(fault: "time-out" | "half-made", title: string, id: string): string {
  return fault === "time-out"
    ? `waiting for ${title} (${id}): timeout while waiting for state to become 'ACTIVE' (last state: 'CREATING')`
    : `waiting for ${title} (${id}): unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: an internal failure of the service`;
}
