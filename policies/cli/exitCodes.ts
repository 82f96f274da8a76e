import type { Severity } from "./call.ts";
import type { Report } from "./check.ts";
import { isAtLeast } from "./filter.ts";
import type { Remark } from "./remarks.ts";

/** What the exit codes mean: see `USAGE`. */
export const EXIT = { clean: 0, found: 1, notChecked: 2, failed: 3 } as const;

/** The highest code that fits. */
export function exitCodeOf(
  reports: readonly Report[],
  remarks: readonly Remark[],
  failures: readonly unknown[],
  failOn: Severity = "error",
): number {
  if (failures.length > 0) return EXIT.failed;
  if (remarks.some(({ severity }) => severity === "error")) return EXIT.notChecked;
  return reports.some(({ severity }) => isAtLeast(severity, failOn)) ? EXIT.found : EXIT.clean;
}
