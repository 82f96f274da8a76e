import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

/** @see https://github.com/grpc/grpc/blob/master/doc/statuscodes.md */
const GRPC_STATUSES = new Set([
  ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS"],
  ...["PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED"],
  ...["INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"],
]);

export const httpFaults = rejected({
  id: "http-faults",
  title: "A fault delays or aborts requests, with a percentage that Envoy can represent and a valid status.",
  remediation:
    "Set a delay with fixedDelay or an abort with an httpStatus from 200 to 599 or a grpcStatus, for 0 or 0.0001 to 100 percent.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const fault of places(spec, "http[].fault")) {
      const abort = fault.at("abort");
      const delay = fault.at("delay");
      if (abort.isAbsent() && delay.isAbsent()) yield at(fault, "add a delay or an abort");
      yield* percentageFindings(abort);
      yield* percentageFindings(delay);
      yield* abortFindings(abort);
      const exponential = delay.at("exponentialDelay");
      if (exponential.isPresent()) yield at(exponential, "set a fixedDelay: Istio does not support other delays yet");
    }
  },
});

function* percentageFindings(fault: Field): Generator<Finding> {
  const value = fault.at("percentage", "value");
  const percent = value.number() ?? 0;
  if (percent !== 0 && !(percent >= 0.0001 && percent <= 100))
    yield at(value, "use 0, or a percentage from 0.0001 to 100");
}

function* abortFindings(abort: Field): Generator<Finding> {
  const http2Error = abort.at("http2Error");
  if (abort.isPresent() && http2Error.isPresent()) yield at(http2Error, "set an httpStatus or a grpcStatus instead");
  const grpcStatus = abort.at("grpcStatus");
  const name = grpcStatus.string();
  if (name !== undefined && !GRPC_STATUSES.has(name))
    yield at(grpcStatus, "use the name of a gRPC status, such as UNAVAILABLE");
  const httpStatus = abort.at("httpStatus");
  const code = httpStatus.number();
  if (code !== undefined && (code < 200 || code > 600)) yield at(httpStatus, "use a status from 200 to 599");
}
