import { z } from "zod";
import { longestAccountName, offeredAddons } from "../addonNames.ts";
import { addonNames } from "../choices.ts";
import * as field from "../../../../lib/schema/fields.ts";
import { didYouMean } from "../../../../lib/schema/problems.ts";
import { mapOf } from "../../../../lib/untrusted.ts";
import { eks as pins } from "../../../../versions.ts";
import { iamArn, policyArn } from "./arns.ts";

const version = field.text(
  /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
  "must be the version of an add-on as EKS lists it, such as v1.14.3-eksbuild.3",
);

const name = field.text(
  /^[a-z0-9][a-z0-9_-]{0,99}$/,
  "must be the name of an add-on as EKS lists it, such as aws-efs-csi-driver",
);

const lastPart = (arn: unknown): unknown => (typeof arn === "string" ? arn.split("/").at(-1) : arn);

/** Policies of a role. */
export const policies = z
  .array(policyArn("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"), {
    error: "must be a list of ARNs of IAM policies",
  })
  .refine((arns) => field.areDifferent(arns.map(lastPart)), { error: "must not name a policy twice" });

const identity = field
  .section({
    policies: policies.min(1, { error: "must have one policy or more" }).exactOptional(),
    role: iamArn(
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      "must be the ARN of an IAM role that pods.eks.amazonaws.com may take, such as arn:aws:iam::111122223333:role/efs",
    ).exactOptional(),
  })
  .superRefine((settings, context) => {
    const isBoth = Object.hasOwn(settings, "policies") && Object.hasOwn(settings, "role");
    const isNone = !Object.hasOwn(settings, "policies") && !Object.hasOwn(settings, "role");
    if (isNone) {
      const message = "is missing: name policies, of which a role is made, or a role that is there";
      context.addIssue({ code: "custom", path: ["policies"], message });
    }
    if (isBoth) {
      const message = "has no place beside policies, of which a role is made: leave one of them out";
      context.addIssue({ code: "custom", path: ["role"], message });
    }
  }, field.always)
  .transform((settings) => settings as { policies: string[] } | { role: string });

const account = field.dnsLabel.refine((text) => text.length <= longestAccountName, {
  error: `must have at most ${longestAccountName} characters: with what is put around it, IAM does not take a longer one`,
});

const whole = field.section({
  version: version.exactOptional(),
  configuration: z
    .record(z.string(), z.unknown(), { error: "must be a map of what the add-on's own schema has" })
    .exactOptional(),
  namespace: field.dnsLabel.exactOptional(),
  podIdentity: field.named(account, identity, "service accounts to what their pods may do in AWS").exactOptional(),
});

const isMap = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const addon = field.byKind<string | z.output<typeof whole>>(
  { string: version, map: whole },
  "must be the version of an add-on as EKS lists it, such as v1.14.3-eksbuild.3, or a map with more",
);

/** Add-ons by EKS's names. */
export const addons = field.named(name, addon, "names of add-ons to their versions").superRefine((given, context) => {
  const accounts = new Map<string, string>();
  for (const [name, setting] of Object.entries(given)) {
    const issue = (key: string, message: string) => {
      context.addIssue({ code: "custom", path: [name, key], message });
    };
    const { podIdentity, namespace, ...others } = mapOf(setting);
    if (isBuiltIn(name)) {
      const message = "has no place here: this add-on is set up by the program, with the role that it needs";
      if (podIdentity !== undefined) issue("podIdentity", message);
      if (namespace !== undefined) issue("namespace", message);
      continue;
    }
    if (isMap(setting) && !Object.hasOwn(others, "version")) {
      const meant = didYouMean(name, [...addonNames, ...offeredAddons]);
      const hint = meant === undefined || meant === name ? "" : `; did you mean ${meant}?`;
      issue("version", `is missing: this project pins none for ${name}${hint}`);
    }
    for (const account of Object.keys(mapOf(podIdentity))) {
      const first = accounts.get(account);
      if (first !== undefined) {
        const message = `has a role already, by ${first}: the names of the roles would be the same`;
        context.addIssue({ code: "custom", path: [name, "podIdentity", account], message });
      }
      accounts.set(account, name);
    }
  }
}, field.always);

const isBuiltIn = (name: string): boolean => addonNames.some((known) => known === name);

/** What is wrong with add-ons beside the other settings of a cluster, each with its place in `addons`. */
export function* addonConflicts(
  given: unknown,
  { version: kubernetes = pins.kubernetes, autoMode }: { readonly version?: string; readonly autoMode: boolean },
): Iterable<{ readonly path: readonly string[]; readonly reason: string }> {
  const settings = mapOf(given);
  for (const name of addonNames) {
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
    const { configuration, version: own } = mapOf(setting);
    const isMade = !autoMode || name === "metrics-server";
    if (!isMade && configuration !== undefined) {
      yield { path: [name, "configuration"], reason: "has no place beside autoMode: AWS runs this itself then" };
    }
    const wished = typeof setting === "string" ? setting : own;
    if (wished === undefined && kubernetes !== pins.kubernetes && isMade) {
      const path = isMap(setting) ? [name, "version"] : [name];
      const reason = `is missing: the pinned version is for Kubernetes ${pins.kubernetes}; take one of: aws eks describe-addon-versions --addon-name ${name} --kubernetes-version ${kubernetes}`;
      yield { path, reason };
    }
    if (name !== "kube-proxy") continue;
    const [, minor] = /^v1\.(\d+)\./.exec(typeof wished === "string" ? wished : "") ?? [];
    const cluster = Number(kubernetes.split(".")[1]);
    // Kubernetes's own limits.
    if (minor === undefined || (Number(minor) <= cluster && Number(minor) >= cluster - 3)) continue;
    const path = typeof setting === "string" ? [name] : [name, "version"];
    yield { path, reason: `must be of the cluster's Kubernetes, ${kubernetes}, or at most three minor versions older` };
  }
}
