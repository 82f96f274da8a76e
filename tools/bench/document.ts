// docs/bench.md: a section for each part, written by the run that measured it.
import { arch, cpus, totalmem } from "node:os";
import { format } from "prettier";
import type { Row, Spread } from "./compared.ts";
import type { Measured } from "./part.ts";

const INTRODUCTION = `# Benchmark

Written by \`make bench\`, on the [testbed](../testbed/README.md). Machines differ, so look at the ratios: each is of the same turns of one
run, below 1 where this project is faster. A median stands before the least and the most of the turns.
`;

const DIGITS = { s: 2, ms: 2 } as const;

const spread = ({ median, least, most }: Spread, digits: number) =>
  least === most
    ? median.toFixed(digits)
    : `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;

export const HEAD = ["What", "Here", "Beside", "There", "Ratio"];

export const cellsOf = ({ what, ours, than, theirs, ratio, unit }: Row): string[] => [
  what,
  `${spread(ours, DIGITS[unit])} ${unit}`,
  than,
  `${spread(theirs, DIGITS[unit])} ${unit}`,
  spread(ratio, 2),
];

/**
 * The document with what a part has measured, in the place of what it measured before.
 * @param order the titles of all parts
 * @param day as YYYY-MM-DD
 */
export function withPart(
  document: string,
  title: string,
  { reason, rows, facts = [] }: Measured,
  order: readonly string[],
  day: string,
): Promise<string> {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const machine = `${day}, ${cpus().length} cores (${arch()}), ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const section = `## ${title}

${machine}.

${[HEAD, HEAD.map(() => "---"), ...rows.map(cellsOf)].map(line).join("\n")}

${rows.some(({ ratio }) => ratio.median > 1) ? `Why it takes more: ${reason}.\n` : ""}
${facts.map((fact) => `- ${fact}`).join("\n")}
`;
  const sections = new Map(
    [...document.matchAll(/^## (.*)\n(?:(?!## ).*\n?)*/gm)].map(([text, name = ""]) => [name, text]),
  ).set(title, section);
  const all = order.flatMap((name) => sections.get(name) ?? []);
  return format([INTRODUCTION, ...all].join("\n"), { parser: "markdown", printWidth: 140, proseWrap: "preserve" });
}
