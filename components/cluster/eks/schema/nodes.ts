import { z } from "zod";
import { areEquallyBig, typeProblem } from "../instanceTypes.ts";
import { longestGroupName } from "../nodeGroupNames.ts";
import {
  architectureOf,
  architectures,
  operatingSystems,
  type Architecture,
  type OperatingSystem,
} from "../machines.ts";
import { taintEffects } from "../choices.ts";
import { bottlerocketUserData, nodeConfigUserData, type SettingMap } from "../userData.ts";
import * as field from "../../../../lib/schema/fields.ts";
import { kindOf } from "../../../../lib/schema/problems.ts";
import { mapOf, type Untrusted } from "../../../../lib/untrusted.ts";
import { eks as pins } from "../../../../versions.ts";

// Both are shorter than in Kubernetes, and a value is never empty.
const key = field.text(
  /^(?=.{1,63}$)([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/,
  "must be a key, such as example.com/role: at most 63 letters, digits, hyphens, dots and underscores, which is EKS's limit",
);
const value = field.text(
  /^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/,
  "must be a value of 1 to 63 letters, digits, hyphens, dots and underscores, which EKS does not take empty",
);

/**
 * EKS refuses some of these at once, and a kubelet does not start with others.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
const labelKey = key.refine((name) => !/(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//.test(name), {
  error:
    "must not be of kubernetes.io, k8s.io or eks.amazonaws.com, nor below them, which are Kubernetes's and EKS's own: take a domain of yours, such as example.com/role",
});

const taint = field.section({
  key,
  value: value.exactOptional(),
  effect: field.oneOf(taintEffects),
});

/**
 * A map of settings of any depth. Nothing in it is null, which TOML cannot say, or a secret, since whoever is on the node can
 * read it.
 */
const settingMap = (what: string) =>
  z
    .record(z.string(), z.unknown(), { error: `must be a map of ${what}` })
    .superRefine((map, context) => {
      for (const { path, value } of unspeakable(map)) {
        const message = `must be a text, a number, true or false, a list or a map; it is ${kindOf(value)}`;
        context.addIssue({ code: "custom", path: [...path], message });
      }
    })
    .transform((map) => map as SettingMap);

/** What is neither a plain value nor made of such. */
function* unspeakable(
  value: unknown,
  path: readonly string[] = [],
): Iterable<{ path: readonly string[]; value: unknown }> {
  if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) yield* unspeakable(part, [...path, key]);
  } else if (!["string", "number", "boolean"].includes(typeof value)) {
    yield { path, value };
  }
}

/**
 * The most bytes of user data that a machine takes, before they are encoded.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
const MOST_USER_DATA = 16 * 1024;

/** What is wrong with settings of a system that become user data. */
function userDataProblem(map: unknown, encoded: (map: SettingMap) => string): string | undefined {
  if (kindOf(map) !== "a map" || [...unspeakable(map)].length > 0) return undefined;
  const size = sizeOf(() => encoded(map as SettingMap));
  if (size <= MOST_USER_DATA) return undefined;
  return `must be shorter: it makes ${size} bytes of user data, and EC2 takes ${MOST_USER_DATA}`;
}

/** In bytes; nothing of what is nested too deep to be written, which is told of as such. */
function sizeOf(encoded: () => string): number {
  try {
    return Buffer.byteLength(encoded(), "base64");
  } catch {
    return 0;
  }
}

/** As EKS writes releases: of Amazon Linux by the day, of Bottlerocket by the commit. */
const releases: Readonly<Record<OperatingSystem, RegExp>> = {
  al2023: /^1\.\d{2}\.\d+-\d{8}$/,
  bottlerocket: /^\d+\.\d+\.\d+-[0-9a-f]{8}$/,
};

/** What EKS says itself, without which no node finds its cluster. */
const EKS_OWN = ["cluster-name", "api-server", "cluster-certificate"];

const group = field
  .section({
    instanceTypes: z
      .array(field.text(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "must be an instance type, such as m7g.large"), {
        error: "must be a list of instance types",
      })
      .min(1, { error: "must have one instance type or more" })
      .max(20, { error: "must have at most 20 instance types, which is EKS's limit" }),
    architecture: field.oneOf(architectures).exactOptional(),
    os: field.oneOf(operatingSystems).exactOptional(),
    releaseVersion: z.string({ error: "must be the release of an image, or latest" }).exactOptional(),
    nodeConfig: settingMap("what the spec of a NodeConfig has, such as kubelet").exactOptional(),
    settings: settingMap("Bottlerocket's settings, such as kubernetes").exactOptional(),
    capacity: field.oneOf(["on-demand", "spot"]).exactOptional(),
    min: field.wholeNumber(0, 450),
    max: field.wholeNumber(1, 450),
    disk: field.wholeNumber(20, 16384, "a number of GiB, a whole one").exactOptional(),
    labels: field.named(labelKey, value, "labels to their values").exactOptional(),
    taints: z.array(taint, { error: "must be a list of taints" }).exactOptional(),
  })
  .refine(({ min, max }) => !field.isLess(max, min), {
    path: ["max"],
    error: "must not be less than min",
    ...field.always,
  })
  .superRefine((settings, context) => {
    for (const { path, message } of osConflicts(settings))
      context.addIssue({ code: "custom", path: [...path], message });
  }, field.always)
  .superRefine(({ instanceTypes, architecture, capacity }, context) => {
    if (!Array.isArray(instanceTypes)) return;
    const wanted = architectures.find((known) => known === (architecture ?? "arm64"));
    for (const [index, type] of (instanceTypes as unknown[]).entries()) {
      if (typeof type !== "string") continue;
      // A type that is none has no architecture.
      const message = typeProblem(type) ?? otherArchitecture(type, wanted);
      if (message !== undefined) context.addIssue({ code: "custom", path: ["instanceTypes", index], message });
    }
    if (capacity !== "spot") return;
    const [first, ...others] = instanceTypes as unknown[];
    for (const [index, other] of others.entries()) {
      if (typeof first !== "string" || typeof other !== "string" || areEquallyBig(first, other)) continue;
      const message =
        "must be as big as the first type: Spot gives whichever is to be had, and what fits on one does not on the other";
      context.addIssue({ code: "custom", path: ["instanceTypes", index + 1], message });
    }
    if (instanceTypes.length < 2) {
      const message = "must have two types or more for Spot: one alone runs out, and the group stays empty";
      context.addIssue({ code: "custom", path: ["instanceTypes"], message });
    }
  }, field.always);

/** What of an operating system is said of a group of the other one, or is for EKS to say. */
function osConflicts({ os = "al2023", releaseVersion, nodeConfig, settings }: Untrusted) {
  const problems: { readonly path: readonly string[]; readonly message: string }[] = [];
  const issue = (path: readonly string[], message: string) => problems.push({ path, message });
  const system = operatingSystems.find((known) => known === os);
  if (system === undefined) return problems;
  const isRelease =
    typeof releaseVersion !== "string" || releaseVersion === "latest" || releases[system].test(releaseVersion);
  if (!isRelease) {
    const example = system === "al2023" ? "1.35.0-20261101" : "1.50.0-abcdef12";
    issue(["releaseVersion"], `must be latest, or a release of ${system} as EKS writes it, such as ${example}`);
  }
  if (system === "bottlerocket" && nodeConfig !== undefined) {
    issue(["nodeConfig"], "is for groups of al2023: Bottlerocket takes settings, or set os: al2023");
  }
  if (system === "al2023" && settings !== undefined) {
    issue(["settings"], "is for groups of bottlerocket: Amazon Linux takes nodeConfig, or set os: bottlerocket");
  }
  const tooLong = userDataProblem(nodeConfig, nodeConfigUserData);
  if (tooLong !== undefined) issue(["nodeConfig"], tooLong);
  const tooMany = userDataProblem(settings, bottlerocketUserData);
  if (tooMany !== undefined) issue(["settings"], tooMany);
  for (const key of ["apiVersion", "kind", "spec"].filter((name) => Object.hasOwn(mapOf(nodeConfig), name))) {
    issue(["nodeConfig", key], "has no place here: write what comes below spec, such as kubelet, and no more");
  }
  if (Object.hasOwn(mapOf(nodeConfig), "cluster")) {
    issue(
      ["nodeConfig", "cluster"],
      "is for EKS to say: name, endpoint and certificate are those of this very cluster",
    );
  }
  for (const key of EKS_OWN.filter((name) => Object.hasOwn(mapOf(mapOf(settings).kubernetes), name))) {
    issue(["settings", "kubernetes", key], "is for EKS to say: it is that of this very cluster");
  }
  return problems;
}

function otherArchitecture(type: string, wanted: Architecture | undefined): string | undefined {
  const architecture = architectureOf(type);
  if (wanted === undefined || architecture === wanted) return undefined;
  return `is ${architecture}, the group ${wanted}: take another type, or set architecture: ${architecture}`;
}

const groupName = field.dnsLabel.refine((name) => name.length <= longestGroupName, {
  error: `must have at most ${longestGroupName} characters: with what is put around it, EKS does not take a longer one`,
});

/** Groups of nodes by name. */
export const nodes = field
  .named(groupName, group, "names of groups to groups of nodes")
  .refine((groups) => Object.keys(groups).length > 0, { error: "must have one group or more", ...field.always })
  .refine((groups) => Object.keys(groups).length === 0 || Object.values(groups).some(hasNodes), {
    error:
      "must have a group with a min of 1 or more: the add-ons would wait for their first node, and so would what adds nodes",
    ...field.always,
  });

/** Whether a group has nodes from the start, as far as can be told. */
function hasNodes(group: unknown): boolean {
  return (Object(group) as { min?: unknown }).min !== 0;
}

/** Releases of images that are not for the cluster's Kubernetes, each with its place in the groups. */
export function* releaseConflicts(
  groups: unknown,
  kubernetes: string = pins.kubernetes,
): Iterable<{ readonly path: readonly string[]; readonly reason: string }> {
  for (const [name, group] of Object.entries(mapOf(groups))) {
    const { releaseVersion, os = "al2023" } = mapOf(group);
    if (os !== "al2023" || typeof releaseVersion !== "string" || !releases.al2023.test(releaseVersion)) continue;
    if (releaseVersion.startsWith(`${kubernetes}.`)) continue;
    const reason = `must be a release for the cluster's Kubernetes, ${kubernetes}: take another one, or latest`;
    yield { path: [name, "releaseVersion"], reason };
  }
}
