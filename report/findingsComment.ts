// What mesh-check found in the manifests of a pull request, as a comment. Its SARIF may come from a fork, whose code has written it:
// it is data, of which nothing but texts and numbers is taken.
import { itemsOf, mapOf, textOf } from "../lib/untrusted.ts";
import { fitted } from "./budget.ts";
import { cell } from "./markdown.ts";
import { counted } from "./stackReport.ts";

/** By which a workflow finds the comment again. */
export const FINDINGS_MARK = "<!-- mesh-check -->";

interface Found {
  readonly level: string;
  readonly rule: string;
  readonly message: string;
  readonly place: string;
}

/** The levels of SARIF, the worst first. */
const LEVELS = ["error", "warning", "note"];

/** How many findings are told one by one. */
const SHOWN = 50;

/** @throws Error where the text is no SARIF */
export function findingsComment(sarif: string): string {
  const found = foundIn(sarif);
  const counts = LEVELS.map((level) => counted(found.filter((one) => one.level === level).length, level));
  const head = `${FINDINGS_MARK}\n**mesh-check** on the manifests of this pull request: ${counts.join(", ")}`;
  const lines = found.map(
    ({ level, rule, message, place }) => `- ${inert(`${level}: ${rule} (${place}): ${message}`)}`,
  );
  const names = found.map(({ level, rule, place }) => `- ${inert(`${level}: ${rule} (${place})`)}`);
  const more = found.length > SHOWN ? [`- and ${found.length - SHOWN} more`] : [];
  const versions = [lines, names].map((all) => [...all.slice(0, SHOWN), ...more].join("\n"));
  return `${fitted([{ versions: [head] }, { versions: [...versions, ""] }])}\n`;
}

function foundIn(sarif: string): Found[] {
  const { version, runs } = mapOf(parsed(sarif));
  if (version !== "2.1.0" || !Array.isArray(runs)) throw new Error("this is no SARIF 2.1.0");
  return itemsOf(runs)
    .flatMap(({ results }) => itemsOf(results))
    .map(({ level, ruleId, message, locations }) => {
      const { artifactLocation, region } = mapOf(mapOf(itemsOf(locations)[0]).physicalLocation);
      const { startLine } = mapOf(region);
      const line = typeof startLine === "number" ? `:${startLine}` : "";
      return {
        level: LEVELS.find((known) => known === level) ?? "warning",
        rule: shortened(ruleId, 100),
        message: shortened(mapOf(message).text, 500),
        place: `${shortened(mapOf(artifactLocation).uri, 200)}${line}`,
      };
    })
    .toSorted((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Code hosts make links of addresses: here they would be a stranger's, under our name. */
const inert = (text: string): string => cell(text).replaceAll("://", "&#58;//").replaceAll(/www\./gi, "www&#46;");

function shortened(value: unknown, longest: number): string {
  const text = textOf(value) ?? "";
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
