// A trace as a tree: who called whom, in which order, and how long it took.
import type { Span } from "./spans.ts";

export interface Node {
  readonly span: Span;
  /** What it caused, in the order of time. */
  readonly children: readonly Node[];
}

/** The trees of a trace: one, unless a span in the middle was not reported. */
export function treesOf(spans: readonly Span[]): Node[] {
  const ids = new Set(spans.map(({ id }) => id));
  const byParent = new Map<string | undefined, Span[]>();
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    // A span that is its own parent would hang in the air.
    const parent =
      span.parent !== undefined && ids.has(span.parent) && span.parent !== span.id ? span.parent : undefined;
    byParent.set(parent, [...(byParent.get(parent) ?? []), span]);
  }
  const nodesUnder = (parent: string | undefined): Node[] =>
    (byParent.get(parent) ?? []).map((span) => ({ span, children: nodesUnder(span.id) }));
  return nodesUnder(undefined);
}

/** The trace as lines of text, durations in a column of their own. */
export function treeText(spans: readonly Span[]): string {
  const trees = treesOf(spans);
  const lines = trees.flatMap((tree) => linesOf(tree, "", ""));
  const width = Math.max(...lines.map(({ text }) => text.length));
  const begin = Math.min(...spans.map(({ start }) => start));
  const rows = lines.map(({ text, span }) => {
    const times = [milliseconds(span.duration), `+${milliseconds(span.start - begin)}`].map((time) =>
      time.padStart(10),
    );
    return `${text.padEnd(width)}  ${(span.status ?? "").padStart(3)}  ${times.join("  ")}`.trimEnd();
  });
  const heading = `${"".padEnd(width)}       ${"TOOK".padStart(10)}  ${"BEGAN".padStart(10)}`;
  return [heading, ...rows].join("\n");
}

function linesOf({ span, children }: Node, first: string, rest: string): { text: string; span: Span }[] {
  return [
    { text: `${first}${span.service}  ${span.operation}`, span },
    ...children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      return linesOf(child, `${rest}${isLast ? "└─ " : "├─ "}`, `${rest}${isLast ? "   " : "│  "}`);
    }),
  ];
}

const milliseconds = (microseconds: number): string => `${(microseconds / 1000).toFixed(1)} ms`;

/** The services on each way from the first to the last, e.g. `["gateway", "productpage", "details"]`; each service once in a row. */
export function pathsOf(spans: readonly Span[]): string[][] {
  const walk = ({ span, children }: Node, before: readonly string[]): string[][] => {
    const path = before.at(-1) === span.service ? [...before] : [...before, span.service];
    return children.length === 0 ? [path] : children.flatMap((child) => walk(child, path));
  };
  return treesOf(spans).flatMap((tree) => walk(tree, []));
}
