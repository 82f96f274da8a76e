import { addonList, withLogin, withoutLogin } from "../components/observability/addons.ts";
import { hostOf } from "../components/observability/exposureOptions.ts";
import { unsafeTools } from "../components/observability/safety.ts";
import { loginHostOf } from "../components/observability/loginOptions.ts";
import { list } from "../lib/list.ts";
import { mapOf, type Untrusted } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";
import { loginCombinations } from "./loginCombinations.ts";
import type { Finding } from "../lib/schema/problems.ts";

/** Rules about the tools and the rest of the stack. */
export function* observabilityCombinations(draft: Draft): Iterable<Finding> {
  // Of a stack without a mesh, `scopeProblems` speaks.
  if (draft.isClusterAlone) return;
  const section = draft.section("observability");
  if (!draft.hasTools) yield* withoutEffect(draft, section);
  else {
    yield* tools(section);
    for (const { path, reason } of unsafeTools(section, draft.isProduction)) {
      yield { path: ["observability", ...path], reason };
    }
    yield* exposure(draft, section);
    yield* loginCombinations(draft);
  }
}

function* withoutEffect(draft: Draft, section: Untrusted): Iterable<Finding> {
  // Where the charts come from is true of a machine, whether they are used or not; timeout has a default.
  const said = Object.keys(section).filter((key) => !["enabled", "charts", "timeout"].includes(key));
  if (said.length === 0) return;
  if (section.enabled === undefined && draft.isProduction) {
    const reason = `must be true for ${list(said, "and")} to have an effect: in the production profile it is false unless you set it`;
    yield { path: ["observability", "enabled"], reason };
    return;
  }
  for (const key of said) {
    yield {
      path: ["observability", key],
      reason: "has no effect while mesh:observability.enabled is false: leave it out, or enable it",
    };
  }
}

function* tools(section: Untrusted): Iterable<Finding> {
  for (const { name, title, canBeElsewhere = false } of addonList) {
    const { enabled, ...others } = mapOf(section[name]);
    const path = ["observability", name];
    if (enabled === false) {
      for (const key of Object.keys(others).filter((each) => !(canBeElsewhere && each === "url"))) {
        const reason = `has no effect while mesh:observability.${name}.enabled is false: leave it out, or enable it`;
        yield { path: [...path, key], reason };
      }
    } else if (canBeElsewhere && others.url !== undefined) {
      const reason = `is for a ${title} of your own: leave it out, or set mesh:observability.${name}.enabled to false`;
      yield { path: [...path, "url"], reason };
    }
  }
}

function* exposure(draft: Draft, section: Untrusted): Iterable<Finding> {
  if (section.exposure === undefined) return;
  const { domain, jwt, login, tools: named } = mapOf(section.exposure);
  const path = ["observability", "exposure"];
  const open = draft.openTools;
  for (const [index, tool] of (Array.isArray(named) ? named : []).entries()) {
    if (addonList.some(({ name }) => name === tool && !draft.hasTool(name))) {
      const reason = "is not enabled: leave it out here, or enable it";
      yield { path: [...path, "tools", index], reason };
    }
  }
  if (!open.some((tool) => withoutLogin.includes(tool)) && jwt !== undefined && login === undefined) {
    const reason = `has no effect: it guards ${list(withoutLogin, "and")}, which are not exposed; name them in tools, or leave it out`;
    yield { path: [...path, "jwt"], reason };
  }
  if (open.length === 0) {
    yield { path, reason: `has nothing to expose: enable ${list(withLogin, "or")}, or leave it out` };
  }
  if (typeof domain !== "string") return;
  const taken = new Set(draft.openings.flatMap(({ hosts }) => hosts));
  for (const tool of open) {
    if (!taken.has(hostOf(tool, domain))) continue;
    yield { path: [...path, "domain"], reason: `gives ${tool} a host that is exposed already, elsewhere in this file` };
  }
  if (login !== undefined && taken.has(loginHostOf(domain))) {
    yield {
      path: [...path, "domain"],
      reason: "makes the login have a host that is exposed already, elsewhere in this file",
    };
  }
}
