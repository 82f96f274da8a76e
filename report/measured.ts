// What requests came to on a mesh with the proposed rules, beside what these declare.
import type { StackReport } from "./stackReport.ts";

/** A check of `make verify`. */
interface Check {
  readonly what: string;
  readonly declared: string;
  readonly measured: string;
  /** The bounds within which the measured value may lie, where chance has a say. */
  readonly allowed?: string;
  readonly verdict: string;
  readonly note?: string;
}

interface Finding {
  readonly host: string;
  readonly rule: string;
  readonly from: string;
  readonly requests: number;
  readonly checks: readonly Check[];
}

export interface Measured {
  readonly findings: readonly Finding[];
  /** Why nothing was measured. */
  readonly problem?: string;
}

/** The report with what was measured; what does not hold comes into its verdict. */
export function withMeasured(report: StackReport, measured: Measured): StackReport {
  const { wrong } = measuredCounts(measured);
  const words = wrong === 1 ? "1 check fails when measured" : `${wrong} checks fail when measured`;
  return { ...report, measured, verdict: wrong === 0 ? report.verdict : `${words}; ${report.verdict}` };
}

export const MEASURED_HEAD = ["Host", "From", "Rule", "Check", "Declared", "Measured", "Interval", "Verdict"];

/** One row a check, what does not hold first. */
export function measuredRows({ findings }: Measured): string[][] {
  const rows = findings.flatMap(({ host, from, rule, checks }) =>
    checks.map(({ what, declared, measured, allowed = "", verdict, note }) => {
      const why = note === undefined ? verdict : `${verdict}: ${note}`;
      return {
        isWrong: verdict === "wrong",
        cells: [host, from, shortened(rule), what, declared, measured, allowed, why],
      };
    }),
  );
  return rows.toSorted((one, other) => Number(other.isWrong) - Number(one.isWrong)).map(({ cells }) => cells);
}

/** A rule has as many conditions as somebody likes. */
const shortened = (text: string) => (text.length <= 60 ? text : `${text.slice(0, 59).trimEnd()}…`);

/** In words, for a heading. */
export function measuredSummary(measured: Measured): string {
  if (measured.problem !== undefined) return `Not measured: ${measured.problem}`;
  const { ok, wrong, open, requests } = measuredCounts(measured);
  return `Measured with ${requests} requests: ${ok} ok, ${wrong} wrong, ${open} not verified`;
}

export function measuredCounts({ findings }: Measured) {
  const count = (verdict: string) =>
    findings.flatMap(({ checks }) => checks).filter((check) => check.verdict === verdict).length;
  const requests = findings.reduce((sum, each) => sum + each.requests, 0);
  return { ok: count("ok"), wrong: count("wrong"), open: count("not verified"), requests };
}
