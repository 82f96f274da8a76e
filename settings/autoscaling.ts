import { z } from "zod";
import { autoscalers } from "../components/cluster/eks/choices";
import * as field from "../lib/schema/fields";
import { chartSource } from "./charts";

const name = field.oneOf(autoscalers);
const whole = field.section({ name, charts: chartSource.exactOptional() });

/** What adds nodes: its name alone, or a map with a mirror of its chart. */
export const autoscaler = z
  .unknown()
  .superRefine((value, context) => {
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    const { error } = (isMap ? whole : name).safeParse(value);
    for (const issue of error?.issues ?? []) context.addIssue({ ...issue });
  })
  .transform((value) => {
    const known = name.safeParse(value);
    return known.success ? { name: known.data } : (value as z.output<typeof whole>);
  });
