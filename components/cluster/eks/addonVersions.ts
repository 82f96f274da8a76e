import * as aws from "@pulumi/aws";
import { didYouMean, pathText, type Problem } from "../../../lib/schema/problems.ts";
import { eks } from "../../../versions.ts";
import { offeredAddons } from "./addonNames.ts";
import { madeAddons, versionOf, type Addon } from "./addonSettings.ts";
import { addonNames } from "./choices.ts";

interface Versions {
  /** Minor version of Kubernetes. */
  readonly version?: string;
  readonly addons?: Readonly<Record<string, string | Addon>>;
  readonly autoMode: boolean;
}

/**
 * Add-ons that EKS does not have for the cluster's Kubernetes, and versions that are newer than its newest. Whether an older
 * one still fits no function of the provider tells: that AWS says when it is installed.
 */
export async function addonProblems({ version = eks.kubernetes, addons = {}, autoMode }: Versions): Promise<Problem[]> {
  const found = await Promise.all(
    madeAddons(addons, autoMode).map(async (name) => {
      const setting = addons[name];
      const isText = setting === undefined || typeof setting === "string";
      const path = pathText(["cluster", "eks", "addons", name, ...(isText ? [] : ["version"])]);
      const newest = await newestOf(name, version);
      if (newest instanceof Error) {
        const meant = didYouMean(name, [...addonNames, ...offeredAddons]);
        const hint = meant === undefined || meant === name ? "" : `did you mean ${meant}? `;
        const reason = `is an add-on for which AWS knows no version for Kubernetes ${version}; ${hint}The names: aws eks describe-addon-versions --kubernetes-version ${version} --query 'addons[].addonName'. It says: ${newest.message}`;
        return [{ path: pathText(["cluster", "eks", "addons", name]), reason }];
      }
      const wished = versionOf(name, setting);
      if (!isNewer(wished, newest)) return [];
      return [
        { path, reason: `is ${wished}, which EKS does not have for Kubernetes ${version}: its newest is ${newest}` },
      ];
    }),
  );
  return found.flat();
}

async function newestOf(addonName: string, kubernetesVersion: string): Promise<string | Error> {
  try {
    return (await aws.eks.getAddonVersion({ addonName, kubernetesVersion, mostRecent: true })).version;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const numbers = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number);

/** Of versions such as `v1.14.3-eksbuild.3`. */
export function isNewer(one: string, other: string): boolean {
  const [ones, others] = [numbers(one), numbers(other)];
  const first = ones.findIndex((number, index) => number !== (others[index] ?? 0));
  return first !== -1 && (ones[first] ?? 0) > (others[first] ?? 0);
}
