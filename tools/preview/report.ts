// A preview that fits into a pull request: what changes, what it opens, costs and takes, and what the policies say.
import { attentionText } from "./attention.ts";
import { costText } from "./cost.ts";
import { changesOf, countsText } from "./counts.ts";
import { regionIn, stepsIn, type PreviewEvent, type Step } from "./events.ts";
import { errorsText, findingsText, isWhole } from "./findings.ts";
import { reachText } from "./reach.ts";
import { timeText } from "./time.ts";

/** A preview of so many changes is read whole: its diff is shown without being asked for. */
const READABLE = 30;

export interface Preview {
  readonly events: readonly PreviewEvent[];
  /** The engine's own text. */
  readonly diff: string;
}

/**
 * The preview as text: a summary, the engine's diff where it is short or asked for, and the findings of the policies last.
 * @param command prints the diff as well
 */
export function reportOf({ events, diff }: Preview, command: string, isDiffWanted: boolean): string {
  // Without events, the engine has said all that there is to say.
  if (events.length === 0) return diff === "" ? "" : `${diff}\n`;
  const steps = stepsIn(events);
  const changes = changesOf(steps);
  const shown = isDiffWanted || changes <= READABLE;
  return [
    section("Changes", [...countsText(events, steps), ...(isWhole(events) ? [] : ["up to the failure"])]),
    section("Check these first", attentionText(steps)),
    ...(isWhole(events) && changes > 0 ? inDetail(steps, regionIn(events)) : []),
    shown ? diff.trimEnd() : `The whole diff: ${command}`,
    section("Policies", findingsText(events)),
    section("The preview failed", errorsText(events)),
  ]
    .filter(Boolean)
    .map((text) => `${text}\n`)
    .join("\n");
}

const inDetail = (steps: readonly Step[], region: string): string[] => [
  section("Reachable from the internet", reachText(steps)),
  section("Cost", costText(steps, region)),
  section("Time", timeText(steps)),
];

/** A heading with lines below it; nothing where there are none. */
const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : [`${title}:`, ...lines.map((line) => `  ${line}`)].join("\n");
