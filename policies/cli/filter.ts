import { SEVERITIES, type Call, type Severity } from "./call.ts";
import type { Report } from "./check.ts";

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);

/** Whether a report is one that the call asks for. */
export function wanted({ suppress, minSeverity }: Pick<Call, "suppress" | "minSeverity">): (report: Report) => boolean {
  const left = suppress.map((entry) => {
    const [what = "", object] = entry.split("=");
    return { what, object };
  });
  return ({ rule, codes, severity, kind, namespace, name }) => {
    const names = [`${kind}/${name}`, `${kind}/${namespace}/${name}`];
    const isLeftOut = left.some(
      ({ what, object }) => (what === rule || codes.includes(what)) && (object === undefined || names.includes(object)),
    );
    return !isLeftOut && isAtLeast(severity, minSeverity);
  };
}
