import { eks } from "../../../versions.ts";
import { addonNames, type AddonName } from "./choices.ts";

/** What pods of an add-on may do in AWS, by EKS Pod Identity: a role that is made of policies, or one that is there. */
export type PodIdentity =
  | {
      /** ARNs of IAM policies, of which a role is made; either this or `role`. */
      readonly policies: readonly string[];
    }
  | {
      /** ARN of an IAM role that is there; either this or `policies`. */
      readonly role: string;
    };

/** How an add-on is to be. */
export interface Addon {
  /**
   * As EKS lists it, e.g. `v1.14.3-eksbuild.3`; it belongs to a minor version of Kubernetes.
   * @default - the pin in `versions.ts`, which the add-ons have that every cluster has
   */
  readonly version?: string;

  /**
   * Values of the add-on's own schema, which `aws eks describe-addon-configuration` prints.
   * @default {}
   */
  readonly configuration?: Readonly<Record<string, unknown>>;

  /**
   * The namespace of its service accounts.
   * @default - AWS's for the usual ones, else `kube-system`
   */
  readonly namespace?: string;

  /**
   * By service account.
   * @default {}
   */
  readonly podIdentity?: Readonly<Record<string, PodIdentity>>;
}

/** Add-ons by EKS's names; a text is a version. */
export type AddonSettings = Readonly<Record<string, string | Addon>>;

/** Names of all that the program installs: in Auto Mode, AWS brings most of what every cluster has. */
export function madeAddons(addons: AddonSettings, autoMode: boolean): readonly string[] {
  const own = Object.keys(addons).filter((name) => !isBuiltIn(name));
  return [...(autoMode ? ["metrics-server"] : addonNames), ...own];
}

/** Whether every cluster has it. */
export const isBuiltIn = (name: string): name is AddonName => addonNames.some((known) => known === name);

/** @throws Error if an add-on has neither a version nor a pin */
export function versionOf(name: string, setting: string | Addon | undefined): string {
  const version = typeof setting === "string" ? setting : setting?.version;
  if (version !== undefined) return version;
  if (isBuiltIn(name)) return eks.addons[name];
  throw new Error(`the add-on ${name} has no version: name one`);
}

/** What differs from how the add-on is by itself. */
export function configurationOf(setting: string | Addon | undefined): Addon["configuration"] {
  return typeof setting === "string" ? undefined : setting?.configuration;
}
