import { nameOf, type Finding, type PreviewEvent } from "./events.ts";

/** What is forbidden first. */
const LEVELS = ["mandatory", "remediate", "advisory"];

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

/** The last of the types that a URN has: its parents' stand before. */
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").pop() ?? "";
