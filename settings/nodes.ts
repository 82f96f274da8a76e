import { z } from "zod";
import { architectureOf, architectures, operatingSystems } from "../components/cluster/eks/machines";
import { taintEffects } from "../components/cluster/eks/choices";
import * as field from "../lib/schema/fields";

const labelKey = field.text(
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/,
  "must be the key of a label, such as example.com/role",
);
const labelValue = field.text(
  /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/,
  "must be the value of a label: at most 63 letters, digits, hyphens, dots and underscores",
);

const taint = field.section({
  key: labelKey,
  value: labelValue.exactOptional(),
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
    labels: field.named(labelKey, labelValue, "labels to their values").exactOptional(),
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
      if (wanted === undefined || typeof type !== "string" || architectureOf(type) === wanted) continue;
      const message = `is ${architectureOf(type)}, the group ${wanted}: take another type, or set architecture: ${architectureOf(type)}`;
      context.addIssue({ code: "custom", path: ["instanceTypes", index], message });
    }
    if (capacity === "spot" && instanceTypes.length < 2) {
      const message = "must have two types or more for Spot: one alone runs out, and the group stays empty";
      context.addIssue({ code: "custom", path: ["instanceTypes"], message });
    }
  }, field.always);

/** Groups of nodes by name. */
export const nodes = field
  .named(field.dnsLabel, group, "names of groups to groups of nodes")
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
