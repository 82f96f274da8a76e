import * as field from "../../lib/schema/fields.ts";
import type { TracingProvider } from "./providers.ts";
import { telemetryRules, type TelemetryOptions } from "./telemetryOptions.ts";

/** What a stack file says about what proxies report. */
export interface TelemetrySection {
  /**
   * Collectors of spans, by the names under which tracing asks for them.
   * @default {}
   */
  readonly providers?: Readonly<Record<string, TracingProvider>>;

  /** What holds for the whole mesh. */
  readonly mesh?: TelemetryOptions;

  /**
   * What holds for a namespace of the stack, by its name.
   * @default {}
   */
  readonly namespaces?: Readonly<Record<string, TelemetryOptions>>;
}

const collector = field.section({
  service: field.host.refine((name) => name.includes("."), {
    error: "must be the full name of a Service, such as collector.observability.svc.cluster.local",
  }),
  port: field.port,
  path: field.urlPath.exactOptional(),
});

const provider = field
  .oneKey(
    field.section({ opentelemetry: collector.exactOptional(), zipkin: collector.exactOptional() }),
    "must have one of opentelemetry and zipkin",
  )
  .transform((protocols) => protocols as TracingProvider);

/** What proxies tell of the requests they see. */
export const telemetry = field.section({
  providers: field.named(field.dnsLabel, provider, "names of collectors to collectors").default({}),
  mesh: telemetryRules.exactOptional(),
  namespaces: field.named(field.namespace, telemetryRules, "namespaces to what their proxies tell").default({}),
});
