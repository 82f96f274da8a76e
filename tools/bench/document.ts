// docs/bench.md: a section for each part, written by the run that measured it.
import { arch, cpus, totalmem } from "node:os";
import { format } from "prettier";
import { markdownTable } from "../../lib/markdownTable.ts";
import type { Row, Spread } from "./compared.ts";
import type { Measured } from "./part.ts";
import { TITLES, type Part } from "./titles.ts";

const INTRODUCTION = `# Benchmark

Written by \`make bench\`, on the [testbed](../testbed/README.md). Machines differ, so look at the ratios: each is of the same turns of one
run, below 1 where this project is faster. A median stands before the least and the most of the turns.
`;

const FORMAT = { parser: "markdown", printWidth: 140, proseWrap: "preserve" } as const;

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
 * @param day as YYYY-MM-DD
 */
export function withPart(
  document: string,
  part: Part,
  { reason, rows, facts = [] }: Measured,
  day: string,
): Promise<string> {
  const machine = `${day}, ${cpus().length} cores (${arch()}), ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const section = `## ${TITLES[part]}

${machine}.

${markdownTable(HEAD, rows.map(cellsOf))}

${rows.some(({ ratio }) => ratio.median > 1) ? `Why it takes more: ${reason}.\n` : ""}
${facts.map((fact) => `- ${fact}`).join("\n")}
`;
  const sections = new Map(
    [...document.matchAll(/^## (.*)\n(?:(?!## ).*\n?)*/gm)].map(([text, name = ""]) => [name, text]),
  ).set(TITLES[part], section);
  const all = Object.values(TITLES).flatMap((name) => sections.get(name) ?? []);
  return format([INTRODUCTION, ...all].join("\n"), FORMAT);
}

const [BEGIN, END] = ["<!-- what make bench measured -->", "<!-- the end of it -->"];

/** The README with the ratios of the document, and of which day and machine they are. */
export function withRatios(readme: string, document: string): Promise<string> {
  const machines = [...document.matchAll(/^(\d{4}-\d\d-\d\d, .*)\.$/gm)].map(([, machine = ""]) => machine);
  const rows = [...document.matchAll(/^\|(.*)\|$/gm)]
    .map(([, cells = ""]) => cells.split("|").map((cell) => cell.trim()))
    .filter(([what = ""]) => what !== HEAD[0] && !/^-+$/.test(what))
    .map(([what = "", , than = "", , ratio = ""]) => [what, than, ratio]);
  const summary = `${markdownTable(["What", "Beside", "Ratio"], rows)}

Measured on ${[...new Set(machines)].join("; ")}.`;
  const [before = "", rest = ""] = readme.split(BEGIN);
  return format(`${before}${BEGIN}\n\n${summary}\n\n${END}${rest.split(END)[1] ?? ""}`, FORMAT);
}
