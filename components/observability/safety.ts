import { list } from "../../lib/list.ts";
import type { Finding } from "../../lib/schema/problems.ts";
import { mapOf, type Untrusted } from "../../lib/untrusted.ts";
import { isEnabled } from "./addon.ts";
import { addonList, addonNames, withoutLogin, type AddonName } from "./addons.ts";
import { exposedTools } from "./exposureOptions.ts";

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
  yield* problemsOfEach(options, isProduction);
  const unguarded = openTools(options).filter((tool) => withoutLogin.includes(tool));
  if (unguarded.length > 0 && mapOf(options.exposure).jwt === undefined) {
    const reason = `is missing: ${list(unguarded, "and")} would be open to everybody, since they have no login; name the issuer of the tokens that people have to bring, or leave them out of tools`;
    yield { path: ["exposure", "jwt"], reason };
  }
}

function* problemsOfEach(options: Untrusted, isProduction: boolean): Iterable<Finding> {
  for (const addon of addonList.filter(({ name }) => isEnabled(options, name))) {
    const { name, hasLogin } = addon;
    const { anonymous } = mapOf(options[name]);
    const path = [name, "anonymous"];
    const isExposed = openTools(options).includes(name);
    if (hasLogin && anonymous === true && isProduction) {
      yield { path, reason: "must be false in the production profile: whoever looks shows who they are" };
    } else if (hasLogin && anonymous === true && isExposed) {
      yield { path, reason: "must be false for a tool that is exposed: leave it out here, or out of exposure.tools" };
    }
    yield* addon.problems?.(options, (anonymous ?? (!isProduction && !isExposed)) === true) ?? [];
  }
}
