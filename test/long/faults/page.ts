// docs/faults.md, as a run makes it.
import { format } from "prettier";
import type { Fault, Seen } from "./fault.ts";

export interface Row {
  readonly fault: Pick<Fault, "what" | "ends">;
  readonly seen: Seen;
}

/** What other groups prove. */
const ELSEWHERE: readonly (readonly [what: string, sees: string, ends: string, group: string])[] = [
  [
    "A gateway pod goes, and AWS's load balancer sends to it for three minutes more",
    "nothing",
    "the pod takes each new connection until the load balancer is done with it",
    "drain",
  ],
  [
    "The disk gets full while the state or its secrets are written",
    "`no space left on the disk for …: free some space, and try again`",
    "the next run goes on with the same secrets; nothing that was cut short is taken for whole",
    "fullDisk",
  ],
];

export function page(sections: Readonly<Record<string, readonly Row[]>>): Promise<string> {
  const tables = Object.entries(sections).map(([title, rows]) =>
    [
      `## ${title}`,
      "",
      "| fault | what the user sees | how it ends | measured |",
      "| --- | --- | --- | --- |",
      ...rows.map(({ fault, seen }) => `| ${fault.what} | ${seen.sees} | ${fault.ends} | ${seen.measured} |`),
    ].join("\n"),
  );
  const elsewhere = ELSEWHERE.map(
    ([what, sees, ends, group]) => `| ${what} | ${sees} | ${ends} | \`make test-long ARGS=${group}\` |`,
  );
  const text = `# Faults

What happens when something breaks, as \`make test-long ARGS=faults\` does it to a real cluster, and makes this page. What a tool
printed stands as it was printed; numbers are those of one run. Requests go to Bookinfo through the ingress gateway, at a steady
rate. Of 3,000 requests of which none failed, with a certainty of 95 %, fewer than one in 1,000 would.

${tables.join("\n\n")}

## Proven by other groups

| fault | what the user sees | how it ends | proven by |
| --- | --- | --- | --- |
${elsewhere.join("\n")}
`;
  return format(text, { parser: "markdown", printWidth: 128 });
}

/** What was seen, without the numbers of what was measured. */
export const steady = (seen: string): string =>
  seen.replace(/^ *"measured": .*$/m, (line) => line.replace(/\d[\d,.]*/g, "#"));
