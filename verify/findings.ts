/** What a check came to. What nothing has put to the proof is said to be so, and is no success. */
export type Verdict = "ok" | "wrong" | "not verified";

export interface Check {
  /** What is looked at, e.g. `share of v1`. */
  readonly what: string;
  readonly declared: string;
  readonly measured: string;
  /** The bounds within which the measured value may lie, where chance has a say. */
  readonly allowed?: string;
  readonly verdict: Verdict;
  /** Why it is wrong, or what it would take to verify it. */
  readonly note?: string;
}

/** All that was found out about one route, or another thing declared, from one place. */
export interface Finding {
  readonly host: string;
  /** The object that declares it, e.g. `VirtualService bookinfo/reviews-routes`. */
  readonly object: string;
  /** Which of its rules, e.g. `http[0]: end-user is jason`. */
  readonly rule: string;
  readonly from: string;
  readonly requests: number;
  /** Seconds. */
  readonly latency?: { readonly p50: number; readonly p99: number };
  readonly checks: readonly Check[];
  /** Commands that show why it does not hold. */
  readonly look?: readonly string[];
}

export const notVerified = (what: string, declared: string, note: string): Check => ({
  what,
  declared,
  measured: "-",
  verdict: "not verified",
  note,
});

export const verdictOf = (holds: boolean): Verdict => (holds ? "ok" : "wrong");

export const wrongIn = (findings: readonly Finding[]): number => countOf(findings, "wrong");

export const countOf = (findings: readonly Finding[], verdict: Verdict): number =>
  findings.flatMap(({ checks }) => checks).filter((check) => check.verdict === verdict).length;
