/** What became of one request. */
export interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  /** How long it took, from the first byte sent to the last one received. */
  readonly seconds: number;
  /** Response headers by lower-case name; an answer from inside has those only that were asked for. */
  readonly headers: Readonly<Record<string, string>>;
  /** Curl's exit code where it got no whole answer; only from inside. */
  readonly failure?: number;
  /** Only from outside. */
  readonly body?: string;
}

/** Milliseconds that the service took, by the proxy's word; the proxy's own answers have none. */
const SERVICE_TIME = "x-envoy-upstream-service-time";
/** Set where a limit of the connection pool refused the request. */
const OVERLOADED = "x-envoy-overloaded";

/** Headers by which the checks tell who has answered. */
export const TELLING_HEADERS = [SERVICE_TIME, OVERLOADED, "location", "server"] as const;

/** Seconds for which the service had the request; undefined where the proxy answered by itself. */
export function serviceSeconds({ headers }: Answer): number | undefined {
  const milliseconds = headers[SERVICE_TIME];
  return milliseconds === undefined || milliseconds === "" ? undefined : Number(milliseconds) / 1000;
}

export const wasOverloaded = ({ status, headers }: Answer): boolean => status === 503 && headers[OVERLOADED] === "true";

/** The value that a share of the answers does not exceed, in seconds. */
export function percentile(answers: readonly Answer[], share: number): number {
  const sorted = answers.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** How many answers had which status, e.g. `200 ×98, 503 ×2`. */
export function statuses(answers: readonly Answer[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status || "no answer"} ×${count}`)
    .join(", ");
}
