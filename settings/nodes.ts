import { z } from "zod";
import { areEquallyBig, typeProblem } from "../components/cluster/eks/instanceTypes";
import { longestGroupName } from "../components/cluster/eks/nodeGroupNames";
import { architectureOf, architectures, operatingSystems, type Architecture } from "../components/cluster/eks/machines";
import { taintEffects } from "../components/cluster/eks/choices";
import * as field from "../lib/schema/fields";

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
