// What the engine writes down with --event-log.

/** A resource that was deleted, and between which two events of the log. */
export interface Deletion {
  /** The type token. */
  readonly type: string;
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

interface Step {
  readonly metadata: { readonly op: string; readonly urn: string; readonly type: string };
}

interface Event {
  readonly resourcePreEvent?: Step;
  readonly resOutputsEvent?: Step;
}

/** The deletions of a log, which is JSON, an event a line. */
export function deletions(log: string): Deletion[] {
  const events = log
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Event);
  return events.flatMap(({ resourcePreEvent }, begin) => {
    const { op, urn, type } = resourcePreEvent?.metadata ?? {};
    if (op !== "delete" || urn === undefined || type === undefined) return [];
    const end = events.findIndex(({ resOutputsEvent }) => resOutputsEvent?.metadata.urn === urn);
    return [{ type, name: urn.split("::").pop() ?? "", begin, end: end < 0 ? Infinity : end }];
  });
}
