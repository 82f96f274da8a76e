import { EVENT_ID, parseEvents, SCALAR_STYLE } from "js-yaml";
import type { Event } from "js-yaml";
import { parseLeniently } from "./lenient.ts";

/** Reads as Kubernetes does. For it a colon ends a key only before a blank, so that `[fe80::]` is a list of a text. */
export function parseAsKubernetes(text: string): { text: string; events: Event[] } {
  const read = parseLeniently(text);
  const quoted = withQuotes(read.text, read.events);
  return quoted === read.text ? read : { text: quoted, events: parseEvents(quoted, {}) };
}

/** A colon that ends nothing for Go's readers. */
const COLON = /^:[,[\]{}]/;

/** The text with quotes around what Go's readers take for a text that ends in a colon. */
function withQuotes(text: string, events: readonly Event[]): string {
  if (!/\S:[,[\]{}]/.test(text)) return text;
  let quoted = "";
  let at = 0;
  events.forEach((event, index) => {
    const next = events[index + 1];
    if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN || event.valueStart < 0) return;
    const isKeyOfNothing = next?.type === EVENT_ID.SCALAR && next.valueStart < 0;
    if (!isKeyOfNothing || !COLON.test(text.slice(event.valueEnd, event.valueEnd + 2))) return;
    const written = text.slice(event.valueStart, event.valueEnd + 1);
    quoted += `${text.slice(at, event.valueStart)}'${written.replaceAll("'", "''")}'`;
    at = event.valueEnd + 1;
  });
  return quoted + text.slice(at);
}
