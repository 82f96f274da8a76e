// What the engine (v3.259.0) wrote down of previews, cut to what matters: outputs, debug messages and most of what stays the same are gone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventsIn, type PreviewEvent, type Step } from "../../../tools/preview/events.ts";

/** What each is of: the stack prod from nothing, and a cluster whose settings change. */
type Recording = "prod" | "size" | "risky" | "halfway" | "stranger" | "refused";

/** The log itself. */
export const logOf = (name: Recording): string =>
  readFileSync(join(import.meta.dirname, "recorded", `${name}.jsonl`), "utf8");

export const recorded = (name: Recording): PreviewEvent[] => eventsIn(logOf(name));

/** A step of which a test says what matters. */
export const stepOf = (step: Partial<Step> & Pick<Step, "type">): Step => ({
  op: step.before ? (step.after ? "update" : "delete") : "create",
  name: "it",
  urn: "urn:pulumi:dev::mesh::it::it",
  parent: undefined,
  before: undefined,
  after: undefined,
  isProtected: { before: false, after: false },
  changed: [],
  because: [],
  ...step,
});
