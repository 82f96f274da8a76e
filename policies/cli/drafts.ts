import { groupedBy } from "../model/groups.ts";
import type { Report } from "./check.ts";
import type { Source } from "./manifests.ts";
import type { Place } from "./offsets.ts";
import { placeOf } from "./places.ts";

/** A report that waits for its place in the file. */
export interface Draft extends Omit<Report, "line" | "column"> {
  readonly source: Source;
  /** What the message begins with where the finding need not be true; empty where it is. */
  readonly doubt: string;
}

/**
 * The reports, each once. What is certain in one set is not in doubt because of another one.
 * Places are looked up at the end, document by document: where everything stands in a document takes much more room than its text,
 * and rules go through all documents in turn.
 */
export function reportsOf(drafts: readonly Draft[]): Report[] {
  const places = new Map<Draft, Place>();
  for (const [document, ofDocument] of groupedBy(drafts, ({ source }) => source.document)) {
    for (const draft of ofDocument) places.set(draft, placeOf(document, pathIn(draft.source, draft.path)));
  }
  const reports = new Map<string, Report>();
  const doubted = new Set<string>();
  for (const draft of drafts) {
    const { source, doubt, path, message, ...said } = draft;
    const { line, column } = places.get(draft) ?? { line: source.document.line, column: 1 };
    const key = JSON.stringify([said.rule, said.codes, said.file, line, column, path, message]);
    if (reports.has(key) && (doubt !== "" || !doubted.delete(key))) continue;
    if (doubt !== "") doubted.add(key);
    reports.set(key, { ...said, line, column, path, message: `${doubt}${message}` });
  }
  return [...reports.values()];
}

/** The path in the document of what stands at a path in the object. */
export function pathIn({ path: item }: Source, path: string): string {
  return [item, path].filter((part) => part !== "").join(".");
}
