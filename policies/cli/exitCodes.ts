import type { Report } from "./check.ts";
import type { Remark } from "./remarks.ts";

/** What the exit codes mean: see `USAGE`. */
export const EXIT = { clean: 0, errorFound: 1, notChecked: 2, failed: 3 } as const;

/** The highest code that fits. */
export function exitCodeOf(
  reports: readonly Report[],
  remarks: readonly Remark[],
  failures: readonly unknown[],
): number {
  if (failures.length > 0) return EXIT.failed;
  if (remarks.some(({ severity }) => severity === "error")) return EXIT.notChecked;
  return reports.some(({ severity }) => severity === "error") ? EXIT.errorFound : EXIT.clean;
}
