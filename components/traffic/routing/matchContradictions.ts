import type { Report } from "../../arguments.ts";
import { canBothHold, isWithin, readComparison, readComparisons, simplified } from "./comparing.ts";
import type { FieldMatch } from "./comparisons.ts";

/** Fields of a match that are headers too. */
const FIELDS = { method: ":method", scheme: ":scheme", authority: ":authority" } as const;

/** The rule that the conditions of a match can all hold at once. Each may be wrong by itself. */
export function checkContradictions(match: Readonly<Record<string, unknown>>, report: Report): void {
  const asked = readComparisons(match.headers);
  for (const [name, header] of Object.entries(FIELDS)) {
    const comparison = readComparison(match[name]);
    const other = asked[header];
    if (comparison && other && !canBothHold(comparison, other)) {
      report(["headers", header], `contradicts ${name}, so that the match takes no request: leave one of them out`);
    }
  }
  if (match.ignoreUriCase !== true && pathContradicts(match.uri, asked[":path"])) {
    report(["headers", ":path"], "contradicts uri, so that the match takes no request: leave one of them out");
  }
  for (const [name, unwanted] of Object.entries(readComparisons(match.withoutHeaders))) {
    const field = Object.entries(FIELDS).find(([, header]) => header === name)?.[0];
    const wanted = asked[name] ?? (field === undefined ? undefined : readComparison(match[field]));
    if (wanted && isWithin(wanted, unwanted)) {
      const place = asked[name] ? "headers" : String(field);
      report(
        ["withoutHeaders", name],
        `refuses what ${place} asks for, so that the match takes no request: leave one of them out`,
      );
    }
  }
  const { gateways } = match;
  if (!Array.isArray(gateways) || gateways.includes("mesh")) return;
  for (const name of ["sourceLabels", "sourceNamespace"]) {
    if (match[name] !== undefined) {
      report([name], "needs mesh among the gateways of the match: requests from outside have no source in the mesh");
    }
  }
}

/** The header has the query in it, which `uri` has not. */
function pathContradicts(uri: unknown, header: FieldMatch | undefined): boolean {
  const path = readComparison(uri);
  if (path === undefined || header === undefined || "present" in path) return false;
  const simple = simplified(path);
  if ("regex" in simple) return false;
  if ("prefix" in simple) return !canBothHold(simple, header);
  return !canBothHold({ exact: simple.exact }, header) && !canBothHold({ prefix: `${simple.exact}?` }, header);
}
