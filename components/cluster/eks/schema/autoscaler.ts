import type { z } from "zod";
import { autoscalers, type AutoscalerName } from "../choices.ts";
import { architectures, operatingSystems } from "../machines.ts";
import { list } from "../../../../lib/list.ts";
import * as field from "../../../../lib/schema/fields.ts";
import type { NodePool } from "../karpenter.ts";
import type { ChartSource } from "../../../istio/charts.ts";
import { chartSource } from "../../../istio/schema/charts.ts";

/** What adds nodes, where it is more than a name. */
export interface AutoscalerSection extends Partial<NodePool> {
  /** Which one. */
  readonly name: AutoscalerName;

  /**
   * Where its chart comes from.
   * @default - the autoscaler's own repository
   */
  readonly charts?: ChartSource;
}

const limits = field
  .section({
    cpu: field.wholeNumber(1, 100_000, "a number of processors, a whole one").exactOptional(),
    memory: field.memory.exactOptional(),
  })
  .refine((most) => Object.keys(most).length > 0, { error: "must name cpu, memory or both", ...field.always });

/** What Karpenter has to know, and the groups of nodes say themselves. */
const ofKarpenter = {
  limits: limits.exactOptional(),
  architecture: field.oneOf(architectures).exactOptional(),
  os: field.oneOf(operatingSystems).exactOptional(),
  capacity: field.oneOf(["on-demand", "spot"]).exactOptional(),
};

const name = field.oneOf(autoscalers);

const whole = field
  .section({ name, charts: chartSource.exactOptional(), ...ofKarpenter })
  .superRefine((settings, context) => {
    if ((settings.name as unknown) === "karpenter" && !Object.hasOwn(settings, "limits")) {
      const message = "is missing: name the most that Karpenter may add, such as { cpu: 100 }; there is no other end";
      context.addIssue({ code: "custom", path: ["limits"], message });
    }
    if ((settings.name as unknown) !== "cluster-autoscaler") return;
    for (const key of Object.keys(ofKarpenter).filter((each) => Object.hasOwn(settings, each))) {
      const message = "is for karpenter: the Cluster Autoscaler adds what the groups of nodes say";
      context.addIssue({ code: "custom", path: [key], message });
    }
  }, field.always);

type Limits = z.output<typeof limits>;
type Autoscaler =
  | (Omit<z.output<typeof whole>, "name" | "limits"> & { name: Extract<AutoscalerName, "karpenter">; limits: Limits })
  | (Pick<z.output<typeof whole>, "charts"> & { name: Extract<AutoscalerName, "cluster-autoscaler"> });

/** What adds nodes: a name alone, or a map. */
export const autoscaler = field
  .byKind<AutoscalerName | Autoscaler>({ string: name, map: whole }, `must be ${list(autoscalers, "or")}`)
  .superRefine((value, context) => {
    if (value !== "karpenter") return;
    const message = "must say how much Karpenter may add, such as { name: karpenter, limits: { cpu: 100 } }";
    context.addIssue({ code: "custom", message });
  })
  .transform((value) => (typeof value === "string" ? { name: value } : value) as Autoscaler);
