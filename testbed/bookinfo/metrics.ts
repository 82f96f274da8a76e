import type { Reply } from "./server.ts";

const results = new Map<string, number>();

/** Counts the outcome of a call from productpage, under the name that the sample gives it. */
export function countResult(service: string, status: number): void {
  const labels = `destination_app="${service}",response_code="${status}"`;
  results.set(labels, (results.get(labels) ?? 0) + 1);
}

/** Prometheus' text format. Kept cheap: a sidecar with merged metrics asks at every scrape. */
export function exposeMetrics(): Reply {
  const lines = [
    "# HELP request_result_total Outcomes of calls to other services.",
    "# TYPE request_result_total counter",
    ...[...results].map(([labels, count]) => `request_result_total{${labels}} ${count}`),
    "# HELP process_uptime_seconds Time since the start of the process.",
    "# TYPE process_uptime_seconds gauge",
    `process_uptime_seconds ${process.uptime()}`,
  ];
  return {
    status: 200,
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    body: `${lines.join("\n")}\n`,
  };
}
