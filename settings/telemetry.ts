import { addonList } from "../components/observability/addons.ts";
import type { TelemetryOptions } from "../components/telemetry/telemetryOptions.ts";
import { list } from "../lib/list.ts";
import type { Path, Finding } from "../lib/schema/problems.ts";
import { mapOf, type Untrusted } from "../lib/untrusted.ts";
import { Draft } from "./draft.ts";

/** Rules about telemetry and the rest of the stack. */
export function* telemetryCombinations(draft: Draft): Iterable<Finding> {
  const { providers, mesh, namespaces } = draft.section("telemetry");
  const istio = draft.section("istio");
  const known = [...Object.keys(mapOf(providers)), ...Object.keys(draft.tracingProviders)];
  const once = (elsewhere: string) => `is said already by ${elsewhere}: leave one of them out`;

  const all = mapOf(mesh);
  if (mapOf(all.tracing).sampling !== undefined && mapOf(istio.tracing).sampling !== undefined) {
    yield { path: ["telemetry", "mesh", "tracing", "sampling"], reason: once("mesh:istio.tracing.sampling") };
  }
  if (all.accessLog !== undefined && istio.accessLog !== undefined) {
    yield { path: ["telemetry", "mesh", "accessLog"], reason: once("mesh:istio.accessLog") };
  }
  yield* tracing(["telemetry", "mesh"], all, known);
  for (const [name, rules] of Object.entries(mapOf(namespaces))) {
    const path = ["telemetry", "namespaces", name];
    yield* tracing(path, mapOf(rules), known);
    if (draft.namespaces.includes(name)) continue;
    yield { path, reason: "is no namespace of this stack: it has Bookinfo's and those of the applications" };
  }
  for (const { name: tool, title, tracingProviders = {} } of draft.tools) {
    for (const name of Object.keys(mapOf(providers)).filter((each) => Object.hasOwn(tracingProviders, each))) {
      const reason = `is the name of the installed ${title}: choose another, or set mesh:observability.${tool}.enabled to false`;
      yield { path: ["telemetry", "providers", name], reason };
    }
  }
}

function* tracing(path: Path, rules: Untrusted, known: readonly string[]): Iterable<Finding> {
  if (rules.tracing === undefined) return;
  const { enabled, provider: name } = mapOf(rules.tracing);
  if (typeof name === "string" && !known.includes(name)) {
    const there = known.length > 0 ? `there are ${known.join(", ")}` : "there is none";
    yield { path: [...path, "tracing", "provider"], reason: `is no collector that is known; ${there}` };
  } else if (known.length === 0 && enabled !== false) {
    const ours = addonList.flatMap(({ name, tracingProviders }) =>
      tracingProviders ? [`mesh:observability.${name}`] : [],
    );
    const reason = `has no effect without a collector: enable ${list(ours, "or")}, or name one in mesh:telemetry.providers`;
    yield { path: [...path, "tracing"], reason };
  }
}

/** What holds for the whole mesh: spans go to the first collector that is installed, unless another is asked for. */
export function meshTelemetry(
  stack: Untrusted & { readonly telemetry: { readonly mesh?: TelemetryOptions } },
): TelemetryOptions | undefined {
  const { mesh } = stack.telemetry;
  const [provider] = Object.keys(new Draft(stack).tracingProviders);
  return provider === undefined ? mesh : { ...mesh, tracing: { provider, ...mesh?.tracing } };
}
