// What the engine writes down with --event-log.
import { eventsIn, nameOf } from "../../tools/preview/events.ts";

/** A step of the engine about a resource, and between which two events of the log it was. */
export interface Step {
  /** The type token. */
  readonly type: string;
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

export const deletions = (log: string): Step[] => steps(log, "delete");

/** The steps of one kind in a log, which is JSON, an event a line. */
export function steps(log: string, kind: "delete" | "replace" | "update"): Step[] {
  const events = eventsIn(log);
  return events.flatMap(({ resourcePreEvent }, begin) => {
    const { op, urn, type } = resourcePreEvent?.metadata ?? {};
    if (op !== kind || urn === undefined || type === undefined) return [];
    const end = events.findIndex(({ resOutputsEvent }) => resOutputsEvent?.metadata.urn === urn);
    return [{ type, name: nameOf(urn), begin, end: end < 0 ? Infinity : end }];
  });
}
