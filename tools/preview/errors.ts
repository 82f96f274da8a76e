import { nameOf, type PreviewEvent } from "./events.ts";

/** What the engine says last of every preview that fails: the reason stands elsewhere. */
const NO_REASON = "preview failed";

/** Why the preview has failed, in the engine's own words. */
export const errorsText = (events: readonly PreviewEvent[]): string[] =>
  reasons(events).flatMap(({ urn, message }) => {
    const [first = "", ...rest] = message.trim().split("\n");
    return [`${urn ? `${nameOf(urn)}: ` : ""}${first}`, ...rest];
  });

/** Whether the engine has come to the end of the preview, however that was judged: else it does not know all changes. */
export const isWhole = (events: readonly PreviewEvent[]): boolean =>
  events.some(({ summaryEvent }) => summaryEvent) && reasons(events).length === 0;

const reasons = (events: readonly PreviewEvent[]) =>
  events
    .flatMap(({ diagnosticEvent }) => diagnosticEvent ?? [])
    .filter(({ severity, message }) => severity === "error" && message.trim() !== NO_REASON);
