import { jaegerProviders } from "../components/observability/jaegerProviders.ts";
import type { TelemetryOptions } from "../components/telemetry/telemetryOptions.ts";
import type { Path, Finding } from "../lib/schema/problems.ts";
import { mapOf, type Untrusted } from "../lib/untrusted.ts";
import { Draft } from "./draft.ts";

/** Rules about telemetry and the rest of the stack. */
export function* telemetryCombinations(draft: Draft): Iterable<Finding> {
  const { providers, mesh, namespaces } = draft.section("telemetry");
  const istio = draft.section("istio");
  const hasJaeger = draft.hasTool("jaeger");
  const known = [...Object.keys(mapOf(providers)), ...(hasJaeger ? Object.keys(jaegerProviders) : [])];
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
  if (!hasJaeger) return;
  for (const name of Object.keys(mapOf(providers)).filter((each) => Object.hasOwn(jaegerProviders, each))) {
    const reason =
      "is the name of the installed Jaeger: choose another, or set mesh:observability.jaeger.enabled to false";
    yield { path: ["telemetry", "providers", name], reason };
  }
}

function* tracing(path: Path, rules: Untrusted, known: readonly string[]): Iterable<Finding> {
  if (rules.tracing === undefined) return;
  const { enabled, provider: name } = mapOf(rules.tracing);
  if (typeof name === "string" && !known.includes(name)) {
    const there = known.length > 0 ? `there are ${known.join(", ")}` : "there is none";
    yield { path: [...path, "tracing", "provider"], reason: `is no collector that is known; ${there}` };
  } else if (known.length === 0 && enabled !== false) {
    const reason =
      "has no effect without a collector: enable mesh:observability.jaeger, or name one in mesh:telemetry.providers";
    yield { path: [...path, "tracing"], reason };
  }
}

/** What holds for the whole mesh: spans go to Jaeger where it is installed and nothing else is asked for. */
export function meshTelemetry(
  stack: Untrusted & { readonly telemetry: { readonly mesh?: TelemetryOptions } },
): TelemetryOptions | undefined {
  const { mesh } = stack.telemetry;
  if (!new Draft(stack).hasTool("jaeger")) return mesh;
  return { ...mesh, tracing: { provider: "jaeger", ...mesh?.tracing } };
}
