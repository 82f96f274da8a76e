import { list } from "../../lib/schema/fields.ts";
import type { Finding } from "../../lib/schema/problems.ts";
import { mapOf, type Untrusted } from "../../lib/untrusted.ts";
import { addonNames, type AddonName } from "./addonNames.ts";
import { exposedTools, withoutLogin } from "./exposureOptions.ts";

/** Whether a tool is installed, where the tools are. */
export const isEnabled = (options: Untrusted, tool: AddonName): boolean => mapOf(options[tool]).enabled !== false;

/** The tools that are open to the outside. */
export function openTools(options: Untrusted): readonly AddonName[] {
  if (options.exposure === undefined) return [];
  const { tools: named } = mapOf(options.exposure);
  const known = Array.isArray(named) ? addonNames.filter((tool) => named.includes(tool)) : undefined;
  return exposedTools({ ...(known && { tools: known }) }, (tool) => isEnabled(options, tool));
}

/**
 * What cannot work, and what would be open to those who must not look: in `ObservabilityOptions`, and in the section of a
 * stack file before it is known to be right.
 */
export function* unsafeTools(options: Untrusted, isProduction: boolean): Iterable<Finding> {
  const isWithoutMetrics = !isEnabled(options, "prometheus") && mapOf(options.prometheus).url === undefined;
  if (isWithoutMetrics && isEnabled(options, "kiali")) {
    const reason = "must be false without Prometheus, from which Kiali draws the mesh; or name one by prometheus.url";
    yield { path: ["kiali", "enabled"], reason };
  }
  yield* openToAnybody(options, isProduction);
  const unguarded = openTools(options).filter((tool) => withoutLogin.includes(tool));
  if (unguarded.length > 0 && mapOf(options.exposure).jwt === undefined) {
    const reason = `is missing: ${list(unguarded, "and")} would be open to everybody, since they have no login; name the issuer of the tokens that people have to bring, or leave them out of tools`;
    yield { path: ["exposure", "jwt"], reason };
  }
}

function* openToAnybody(options: Untrusted, isProduction: boolean): Iterable<Finding> {
  for (const tool of ["grafana", "kiali"] as const) {
    if (!isEnabled(options, tool)) continue;
    const { anonymous, viewOnly } = mapOf(options[tool]);
    const path = [tool, "anonymous"];
    const isExposed = openTools(options).includes(tool);
    if (anonymous === true && isProduction) {
      yield { path, reason: "must be false in the production profile: whoever looks shows who they are" };
    } else if (anonymous === true && isExposed) {
      yield { path, reason: "must be false for a tool that is exposed: leave it out here, or out of exposure.tools" };
    }
    const isOpen = anonymous ?? (!isProduction && !isExposed);
    if (tool === "kiali" && isOpen === true && viewOnly === false) {
      yield { path: [tool, "viewOnly"], reason: "must be true where nobody logs in: set kiali.anonymous to false" };
    }
  }
}
