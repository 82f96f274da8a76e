import { LEVELS, nameOf, typeOf, type Finding, type PreviewEvent } from "./events.ts";

/** The findings of policy packs, each with its object and the way out, in the engine's own words. */
export function findingsText(events: readonly PreviewEvent[]): string[] {
  const findings = events.flatMap(({ policyEvent }) => policyEvent ?? []);
  return findings
    .toSorted((one, other) => LEVELS.indexOf(one.enforcementLevel) - LEVELS.indexOf(other.enforcementLevel))
    .flatMap((finding) => [
      heading(finding),
      ...finding.message
        .trimEnd()
        .split("\n")
        .map((line) => `  ${line}`),
    ]);
}

function heading(finding: Finding): string {
  const { policyPackName, policyPackVersion, enforcementLevel, severity, policyName, resourceUrn = "" } = finding;
  const how = `[${enforcementLevel}]${severity ? ` [severity: ${severity}]` : ""}`;
  return `${policyPackName}@v${policyPackVersion} ${how}  ${policyName}  (${typeOf(resourceUrn)}: ${nameOf(resourceUrn)})`;
}

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
