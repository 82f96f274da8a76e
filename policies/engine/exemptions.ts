import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema.js";
import type { MeshObject } from "../model/mesh.ts";
import type { Settings } from "./rule.ts";

/** Lets one object break one rule until a day. */
export interface Exemption {
  /** Name in the program, URN, or `<namespace>/<name>` in the cluster. */
  readonly object: string;
  readonly reason: string;
  /** The last day, e.g. `2027-03-31`, in UTC. */
  readonly until: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** By this schema the engine refuses an exemption that does not say why, or until when. */
export const exemptionsSchema: PolicyConfigJSONSchema = {
  type: "array",
  description: "Objects that are temporarily exempt from this rule.",
  default: [],
  items: {
    type: "object",
    required: ["object", "reason", "until"],
    additionalProperties: false,
    properties: {
      object: {
        type: "string",
        minLength: 1,
        description: "The object's name in the program, its URN, or <namespace>/<name>.",
      },
      reason: { type: "string", pattern: "\\S", description: "The reason for the exemption." },
      until: { type: "string", pattern: DAY.source, description: "The last day of the exemption, such as 2027-03-31." },
    },
  },
};

/**
 * The exemptions in the settings of a rule.
 *
 * @throws Error if one does not say which object, why, or until which day
 */
export function readExemptions(settings: Settings): readonly Exemption[] {
  const { exemptions = [] } = settings;
  if (!Array.isArray(exemptions)) throw new Error("exemptions: must be a list");
  return exemptions.map((exemption: unknown, index) => {
    const { object, reason, until } = exemption as Partial<Record<keyof Exemption, unknown>>;
    const refuse = (name: string, problem: string) => new Error(`exemptions[${index}].${name}: ${problem}`);
    if (!isText(object)) throw refuse("object", "set the object that is exempt from the rule");
    if (!isText(reason)) throw refuse("reason", "set the reason for the exemption");
    if (!isText(until) || !isDay(until)) throw refuse("until", "set the last day, such as 2027-03-31");
    return { object, reason, until };
  });
}

/** The exemption of an object that lasts longest, if it has one, and whether it still holds. */
export function exemptionOf(exemptions: readonly Exemption[], object: MeshObject, today: string) {
  if (exemptions.length === 0) return undefined;
  const names = [object.name, object.urn, `${object.namespace ?? ""}/${object.id ?? ""}`];
  const [until] = exemptions
    .filter((exemption) => names.includes(exemption.object))
    .map((exemption) => exemption.until)
    .sort()
    .reverse();
  return until === undefined ? undefined : { until, holds: until >= today };
}

/** The day of a date in UTC, as exemptions write it. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(date.getTime()) && dayOf(date) === text;
}
