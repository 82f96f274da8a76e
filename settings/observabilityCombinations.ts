import { addonNames, type AddonName } from "../components/observability/addonNames.ts";
import { exposedTools, hostOf, withoutLogin } from "../components/observability/exposureOptions.ts";
import { list } from "../lib/schema/fields.ts";
import { fields, type Conflict, type Fields } from "./combinations.ts";

/** Whether the tools are installed that look at the mesh. */
export const hasObservability = (stack: Fields): boolean =>
  stack.scope !== "cluster" && (fields(stack.observability).enabled ?? (stack.profile ?? "demo") === "demo") === true;

/** Whether a tool is installed. */
export const hasTool = (stack: Fields, tool: AddonName): boolean =>
  hasObservability(stack) && fields(fields(stack.observability)[tool]).enabled !== false;

/** Rules about the tools and the rest of the stack. Sections may be wrong by themselves, so nothing is taken for granted. */
export function* observabilityCombinations(settings: unknown): Iterable<Conflict> {
  const stack = fields(settings);
  // Of a stack without a mesh, `scopeProblems` speaks.
  if (stack.scope === "cluster") return;
  const rules = fields(stack.observability);
  if (!hasObservability(stack)) yield* withoutEffect(stack, rules);
  else {
    yield* tools(rules);
    yield* anonymous(stack, rules);
    yield* exposure(stack, rules);
  }
}

function* withoutEffect(stack: Fields, rules: Fields): Iterable<Conflict> {
  // Where the charts come from is true of a machine, whether they are used or not; timeout has a default.
  const said = Object.keys(rules).filter((key) => !["enabled", "charts", "timeout"].includes(key));
  if (said.length === 0) return;
  if (rules.enabled === undefined && stack.profile === "production") {
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

function* tools(rules: Fields): Iterable<Conflict> {
  for (const tool of addonNames) {
    const { enabled, ...others } = fields(rules[tool]);
    if (enabled !== false) continue;
    for (const key of Object.keys(others).filter((each) => !(tool === "prometheus" && each === "url"))) {
      const reason = `has no effect while mesh:observability.${tool}.enabled is false: leave it out, or enable it`;
      yield { path: ["observability", tool, key], reason };
    }
  }
  const { enabled, url } = fields(rules.prometheus);
  if (enabled !== false && url !== undefined) {
    const reason =
      "is for a Prometheus of your own: leave it out, or set mesh:observability.prometheus.enabled to false";
    yield { path: ["observability", "prometheus", "url"], reason };
  }
  if (enabled === false && url === undefined && fields(rules.kiali).enabled !== false) {
    const reason =
      "must be false without Prometheus, from which Kiali draws the mesh; or name one by mesh:observability.prometheus.url";
    yield { path: ["observability", "kiali", "enabled"], reason };
  }
}

function* anonymous(stack: Fields, rules: Fields): Iterable<Conflict> {
  for (const tool of ["grafana", "kiali"] as const) {
    const { anonymous: open, viewOnly } = fields(rules[tool]);
    const path = ["observability", tool, "anonymous"];
    const isExposed = exposed(rules).includes(tool);
    if (open === true && stack.profile === "production") {
      yield { path, reason: "must be false in the production profile: whoever looks shows who they are" };
    } else if (open === true && isExposed) {
      yield { path, reason: "must be false for a tool that is exposed: leave it out here, or out of exposure.tools" };
    }
    const isOpen = open ?? (stack.profile !== "production" && !isExposed);
    if (tool === "kiali" && isOpen === true && viewOnly === false) {
      const reason = "must be true where nobody logs in: set mesh:observability.kiali.anonymous to false";
      yield { path: ["observability", tool, "viewOnly"], reason };
    }
  }
}

function* exposure(stack: Fields, rules: Fields): Iterable<Conflict> {
  if (rules.exposure === undefined) return;
  const { domain, jwt, tools: named } = fields(rules.exposure);
  const path = ["observability", "exposure"];
  const open = exposed(rules);
  for (const [index, tool] of (Array.isArray(named) ? named : []).entries()) {
    if (addonNames.includes(tool as AddonName) && !hasTool(stack, tool as AddonName)) {
      const reason = "is not enabled: leave it out here, or enable it";
      yield { path: [...path, "tools", index], reason };
    }
  }
  const unguarded = open.filter((tool) => withoutLogin.includes(tool));
  if (unguarded.length > 0 && jwt === undefined) {
    const reason = `is missing: ${list(unguarded, "and")} would be open to everybody, since they have no login; name the issuer of the tokens that people have to bring, or leave them out of tools`;
    yield { path: [...path, "jwt"], reason };
  }
  if (unguarded.length === 0 && jwt !== undefined) {
    const reason = `has no effect: it guards ${list(withoutLogin, "and")}, which are not exposed; name them in tools, or leave it out`;
    yield { path: [...path, "jwt"], reason };
  }
  if (open.length === 0) yield { path, reason: "has nothing to expose: enable grafana or kiali, or leave it out" };
  if (typeof domain !== "string") return;
  const taken = new Set(hostsOf(stack));
  for (const tool of open) {
    if (!taken.has(hostOf(tool, domain))) continue;
    yield { path: [...path, "domain"], reason: `gives ${tool} a host that is exposed already, elsewhere in this file` };
  }
}

/** The hosts by which the tools are open to the outside. */
export function toolHosts(stack: Fields): readonly string[] {
  const rules = fields(stack.observability);
  const { domain } = fields(rules.exposure);
  return typeof domain === "string" && hasObservability(stack)
    ? exposed(rules).map((tool) => hostOf(tool, domain))
    : [];
}

function exposed(rules: Fields): readonly AddonName[] {
  if (rules.exposure === undefined) return [];
  const { tools: named } = fields(rules.exposure);
  const known = Array.isArray(named) ? addonNames.filter((tool) => named.includes(tool)) : undefined;
  return exposedTools({ ...(known && { tools: known }) }, (tool) => fields(rules[tool]).enabled !== false);
}

function hostsOf(stack: Fields): unknown[] {
  const bookinfo = fields(stack.bookinfo);
  return [
    ...(bookinfo.enabled === false ? [] : [bookinfo.hosts]),
    ...Object.values(fields(stack.applications)).map((each) => fields(fields(each).exposure).hosts),
    ...Object.values(fields(stack.traffic)).map((each) => fields(fields(each).exposure).hosts),
  ].flatMap((hosts): unknown[] => (Array.isArray(hosts) ? hosts : []));
}
