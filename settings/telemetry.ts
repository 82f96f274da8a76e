import { jaegerProviders } from "../components/observability/jaegerProviders.ts";
import type { TracingProvider } from "../components/telemetry/providers.ts";
import { telemetryRules, type TelemetryOptions } from "../components/telemetry/telemetryOptions.ts";
import * as field from "../lib/schema/fields.ts";
import type { Path } from "../lib/schema/problems.ts";
import { fields, type Conflict, type Fields } from "./combinations.ts";
import { hasTool } from "./observabilityCombinations.ts";

const collector = field.section({
  service: field.host.refine((name) => name.includes("."), {
    error: "must be the full name of a Service, such as collector.observability.svc.cluster.local",
  }),
  port: field.port,
  path: field.urlPath.exactOptional(),
});

const provider = field
  .section({ opentelemetry: collector.exactOptional(), zipkin: collector.exactOptional() })
  .refine((protocols) => Object.keys(protocols).length === 1, {
    error: "must have one of opentelemetry and zipkin",
    ...field.always,
  })
  .transform((protocols) => protocols as TracingProvider);

/** What proxies tell of the requests they see. */
export const telemetry = field.section({
  providers: field.named(field.dnsLabel, provider, "names of collectors to collectors").default({}),
  mesh: telemetryRules.exactOptional(),
  namespaces: field.named(field.namespace, telemetryRules, "namespaces to what their proxies tell").default({}),
});

/** Rules about telemetry and the rest of the stack. Sections may be wrong by themselves, so nothing is taken for granted. */
export function* telemetryCombinations(settings: unknown): Iterable<Conflict> {
  const stack = fields(settings);
  const { providers, mesh, namespaces } = fields(stack.telemetry);
  const istio = fields(stack.istio);
  const known = [...Object.keys(fields(providers)), ...(hasTool(stack, "jaeger") ? Object.keys(jaegerProviders) : [])];
  const once = (elsewhere: string) => `is said already by ${elsewhere}: leave one of them out`;

  const all = fields(mesh);
  if (fields(all.tracing).sampling !== undefined && fields(istio.tracing).sampling !== undefined) {
    yield { path: ["telemetry", "mesh", "tracing", "sampling"], reason: once("mesh:istio.tracing.sampling") };
  }
  if (all.accessLog !== undefined && istio.accessLog !== undefined) {
    yield { path: ["telemetry", "mesh", "accessLog"], reason: once("mesh:istio.accessLog") };
  }
  yield* tracing(["telemetry", "mesh"], all, known);
  const places = namespacesOf(stack);
  for (const [name, rules] of Object.entries(fields(namespaces))) {
    const path = ["telemetry", "namespaces", name];
    yield* tracing(path, fields(rules), known);
    if (places.includes(name)) continue;
    yield { path, reason: "is no namespace of this stack: it has Bookinfo's and those of the applications" };
  }
  if (!hasTool(stack, "jaeger")) return;
  for (const name of Object.keys(fields(providers)).filter((each) => Object.hasOwn(jaegerProviders, each))) {
    const reason =
      "is the name of the installed Jaeger: choose another, or set mesh:observability.jaeger.enabled to false";
    yield { path: ["telemetry", "providers", name], reason };
  }
}

function* tracing(path: Path, rules: Fields, known: readonly string[]): Iterable<Conflict> {
  if (rules.tracing === undefined) return;
  const { enabled, provider: name } = fields(rules.tracing);
  if (typeof name === "string" && !known.includes(name)) {
    const there = known.length > 0 ? `there are ${known.join(", ")}` : "there is none";
    yield { path: [...path, "tracing", "provider"], reason: `is no collector that is known; ${there}` };
  } else if (known.length === 0 && enabled !== false) {
    const reason =
      "has no effect without a collector: enable mesh:observability.jaeger, or name one in mesh:telemetry.providers";
    yield { path: [...path, "tracing"], reason };
  }
}

function namespacesOf(stack: Fields): readonly string[] {
  const bookinfo = fields(stack.bookinfo);
  const home = typeof bookinfo.namespace === "string" ? bookinfo.namespace : "bookinfo";
  const others = Object.entries(fields(stack.applications)).map(([name, each]) => {
    const { namespace } = fields(each);
    return typeof namespace === "string" ? namespace : name;
  });
  return [...new Set([...(bookinfo.enabled === false ? [] : [home]), ...others])];
}

/** What holds for the whole mesh: spans go to Jaeger where it is installed and nothing else is asked for. */
export function meshTelemetry(
  stack: Fields & { readonly telemetry: { readonly mesh?: TelemetryOptions } },
): TelemetryOptions | undefined {
  const { mesh } = stack.telemetry;
  if (!hasTool(stack, "jaeger")) return mesh;
  return { ...mesh, tracing: { provider: "jaeger", ...mesh?.tracing } };
}
