import { duration, fields, flag, int32, list, mapOf, number, oneOf, text, textOf, uint32 } from "./shape.ts";
import { destination, stringMatch, weightedDestination } from "./shared.ts";

const percentage = fields({ value: number() });

const headerOperations = fields({ add: mapOf(text), remove: list(text), set: mapOf(text) });

const headerManipulation = fields({ request: headerOperations, response: headerOperations });

export const virtualService = fields({
  exportTo: list(text),
  gateways: list(text),
  hosts: list(text),
  http: list(
    fields({
      corsPolicy: fields({
        allowCredentials: flag,
        allowHeaders: list(text),
        allowMethods: list(text),
        allowOrigin: list(text),
        allowOrigins: list(stringMatch),
        exposeHeaders: list(text),
        maxAge: duration,
        unmatchedPreflights: oneOf("UNSPECIFIED", "FORWARD", "IGNORE"),
      }),
      delegate: fields({ name: text, namespace: text }),
      directResponse: fields({
        body: fields({ bytes: textOf({ format: "base64" }), string: text }, ["string", "bytes"]),
        "status!": uint32,
      }),
      fault: fields({
        abort: fields({ grpcStatus: text, http2Error: text, httpStatus: int32, percentage }, [
          "httpStatus",
          "grpcStatus",
          "http2Error",
        ]),
        delay: fields({ exponentialDelay: duration, fixedDelay: duration, percent: int32, percentage }, [
          "fixedDelay",
          "exponentialDelay",
        ]),
      }),
      headers: headerManipulation,
      match: list(
        fields({
          authority: stringMatch,
          gateways: list(text),
          headers: mapOf(stringMatch),
          ignoreUriCase: flag,
          method: stringMatch,
          name: text,
          port: uint32,
          queryParams: mapOf(stringMatch),
          scheme: stringMatch,
          sourceLabels: mapOf(text),
          sourceNamespace: text,
          statPrefix: text,
          uri: stringMatch,
          withoutHeaders: mapOf(stringMatch),
        }),
      ),
      mirror: destination,
      mirror_percent: uint32,
      mirrorPercent: uint32,
      mirrorPercentage: percentage,
      mirrors: list(fields({ "destination!": destination, percentage })),
      name: text,
      redirect: fields(
        {
          authority: text,
          derivePort: oneOf("FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT"),
          port: uint32,
          prefixRewrite: text,
          redirectCode: uint32,
          scheme: text,
          uri: text,
        },
        ["port", "derivePort"],
      ),
      retries: fields({
        attempts: int32,
        backoff: duration,
        perTryTimeout: duration,
        retryIgnorePreviousHosts: flag,
        retryOn: text,
        retryRemoteLocalities: flag,
      }),
      rewrite: fields({ authority: text, uri: text, uriRegexRewrite: fields({ match: text, rewrite: text }) }),
      route: list(fields({ "destination!": destination, headers: headerManipulation, weight: int32 })),
      timeout: duration,
    }),
  ),
  tcp: list(
    fields({
      match: list(
        fields({
          destinationSubnets: list(text),
          gateways: list(text),
          port: uint32,
          sourceLabels: mapOf(text),
          sourceNamespace: text,
          sourceSubnet: text,
        }),
      ),
      route: list(weightedDestination),
    }),
  ),
  tls: list(
    fields({
      "match!": list(
        fields({
          destinationSubnets: list(text),
          gateways: list(text),
          port: uint32,
          "sniHosts!": list(text),
          sourceLabels: mapOf(text),
          sourceNamespace: text,
        }),
      ),
      route: list(weightedDestination),
    }),
  ),
});
