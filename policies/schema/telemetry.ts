import { duration, fields, flag, list, mapOf, number, oneOf, text, textOf } from "./shape.ts";
import { matchSelector, targetRef } from "./shared.ts";

const providerRef = fields({ "name!": textOf({ min: 1 }) });

const literalTag = fields({ "value!": textOf({ min: 1 }) });

const sourcedTag = fields({ defaultValue: text, "name!": textOf({ min: 1 }) });

const modeMatch = fields({ mode: oneOf("CLIENT_AND_SERVER", "CLIENT", "SERVER") });

export const telemetry = fields({
  accessLogging: list(
    fields({ disabled: flag, filter: fields({ expression: text }), match: modeMatch, providers: list(providerRef) }),
  ),
  metrics: list(
    fields({
      overrides: list(
        fields({
          disabled: flag,
          match: fields(
            {
              customMetric: textOf({ min: 1 }),
              metric: oneOf(
                "ALL_METRICS",
                "REQUEST_COUNT",
                "REQUEST_DURATION",
                "REQUEST_SIZE",
                "RESPONSE_SIZE",
                "TCP_OPENED_CONNECTIONS",
                "TCP_CLOSED_CONNECTIONS",
                "TCP_SENT_BYTES",
                "TCP_RECEIVED_BYTES",
                "GRPC_REQUEST_MESSAGES",
                "GRPC_RESPONSE_MESSAGES",
              ),
              mode: oneOf("CLIENT_AND_SERVER", "CLIENT", "SERVER"),
            },
            ["metric", "customMetric"],
          ),
          tagOverrides: mapOf(fields({ operation: oneOf("UPSERT", "REMOVE"), value: text })),
        }),
      ),
      providers: list(providerRef),
      reportingInterval: duration,
    }),
  ),
  selector: matchSelector,
  targetRef,
  targetRefs: list(targetRef, { max: 16 }),
  tracing: list(
    fields({
      customTags: mapOf(
        fields({ environment: sourcedTag, formatter: literalTag, header: sourcedTag, literal: literalTag }, [
          "literal",
          "environment",
          "header",
          "formatter",
        ]),
      ),
      disableContextPropagation: flag,
      disableSpanReporting: flag,
      enableIstioTags: flag,
      match: modeMatch,
      providers: list(providerRef),
      randomSamplingPercentage: number(0, 100),
      useRequestIdForTraceSampling: flag,
    }),
  ),
});
