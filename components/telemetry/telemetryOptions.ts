import { z } from "zod";
import { celProblem } from "../../istio/cel.ts";
import type { TelemetrySpec } from "../../istio/generated/specs.ts";
import { defined } from "../../lib/defined.ts";
import * as field from "../../lib/schema/fields.ts";

/** What proxies tell of the requests they see, as plain data. */
export interface TelemetryOptions {
  /** Which spans are reported, and to whom. */
  readonly tracing?: {
    /**
     * Whether spans are reported at all; headers are handed on either way.
     * @default - as for the mesh, where it is true
     */
    readonly enabled?: boolean;

    /**
     * Name of the collector that gets the spans.
     * @default - as for the mesh, where it is Jaeger, if that is installed
     */
    readonly provider?: string;

    /**
     * Share of the requests that are traced, in percent. A request that comes with a decision keeps it.
     * @default - as for the mesh, where `mesh:istio.tracing.sampling` says it
     */
    readonly sampling?: number;
  };

  /** Which requests are logged. */
  readonly accessLog?: {
    /**
     * Whether requests are logged, to the proxy's standard output.
     * @default true
     */
    readonly enabled?: boolean;

    /**
     * Which of them, as a CEL expression such as `response.code >= 400`.
     * @default - all
     * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes
     */
    readonly filter?: string;
  };
}

const filter = z
  .string({ error: "must be a CEL expression, such as response.code >= 400" })
  .superRefine((expression, context) => {
    const problem = celProblem(expression);
    if (problem === undefined) return;
    context.addIssue({ code: "custom", message: `${problem}: write one such as response.code >= 400` });
  });

/** Schema of `TelemetryOptions`. */
export const telemetryRules = field
  .section({
    tracing: field
      .section({
        enabled: field.flag.exactOptional(),
        provider: field.dnsLabel.exactOptional(),
        sampling: field.percent.exactOptional(),
      })
      .exactOptional(),
    accessLog: field
      .section({
        enabled: field.flag.exactOptional(),
        filter: filter.exactOptional(),
      })
      .refine(({ enabled, filter }) => enabled !== false || filter === undefined, {
        path: ["filter"],
        error: "has no effect where nothing is logged: leave it out, or enabled",
        ...field.always,
      })
      .exactOptional(),
  })
  .refine((rules) => Object.keys(rules).length > 0, {
    error: "must say something of tracing or accessLog, or be left out",
    ...field.always,
  });

/**
 * The `spec` of a Telemetry object.
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 */
export function telemetrySpec({ tracing, accessLog }: TelemetryOptions): TelemetrySpec {
  return defined<TelemetrySpec>({
    tracing: tracing && [
      defined<Tracing>({
        providers: tracing.provider === undefined ? undefined : [{ name: tracing.provider }],
        randomSamplingPercentage: tracing.sampling,
        disableSpanReporting: tracing.enabled === undefined ? undefined : !tracing.enabled,
      }),
    ],
    accessLogging: accessLog && [
      defined<AccessLogging>({
        // Istio's own name for the proxy's standard output.
        providers: [{ name: "envoy" }],
        disabled: accessLog.enabled === false ? true : undefined,
        filter: accessLog.filter === undefined ? undefined : { expression: accessLog.filter },
      }),
    ],
  });
}

type Tracing = NonNullable<TelemetrySpec["tracing"]>[number];
type AccessLogging = NonNullable<TelemetrySpec["accessLogging"]>[number];
