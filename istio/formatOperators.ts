import {
  choices,
  coalesced,
  commonDuration,
  expression,
  filterState,
  headerNames,
  metadataOf,
  timeFormat,
  type ArgumentProblem,
} from "./operatorArguments.ts";
import { plainOperators } from "./plainOperators.ts";

/** Something that Envoy fills in: `%NAME%`, `%NAME(ARGUMENT)%` or `%NAME(ARGUMENT):LENGTH%`. */
export interface Operator {
  readonly argument: "none" | "optional" | "required";
  /** Whether its value can be cut to a number of characters. */
  readonly takesLength: boolean;
  /** How it is written. */
  readonly example: string;
  readonly argumentProblem?: ArgumentProblem;
  /** The only strings that may have it. */
  readonly only?: FormatPlace;
}

/**
 * Where a format string stands: in the value of a header, in the tag of a span, or in the format of access logs, for
 * which istiod adds an extension to Envoy.
 */
export type FormatPlace = "header" | "tag" | "access log";

const LENGTH = { takesLength: true };
const NO_LENGTH = { takesLength: false };

/**
 * What Envoy 1.40 fills in, by name. A test asks Envoy itself about each.
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter
 */
export const formatOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...plainOperators.map((name) => [name, { argument: "none", ...NO_LENGTH, example: `%${name}%` }] as const),

  ...required(["REQ", "REQUEST_HEADER"], "x-request-id", { ...LENGTH, argumentProblem: headerNames }),
  // Not documented.
  ...required(["STREAM_INFO_REQ"], "x-request-id", { ...LENGTH, argumentProblem: headerNames }),
  ...required(["RESP", "RESPONSE_HEADER"], "content-type", { ...LENGTH, argumentProblem: headerNames }),
  ...required(["TRAILER", "RESPONSE_TRAILER"], "grpc-status", { ...LENGTH, argumentProblem: headerNames }),
  ...required(["REQ_WITHOUT_QUERY"], ":path", { ...LENGTH, argumentProblem: headerNames, only: "access log" }),
  ...required(["QUERY_PARAM"], "page", LENGTH),
  ...required(["ENVIRONMENT"], "POD_NAME", LENGTH),

  ...required(["DYNAMIC_METADATA"], "com.example.filter:key", LENGTH),
  ...required(["CLUSTER_METADATA", "UPSTREAM_METADATA"], "istio:workload", NO_LENGTH),
  ...required(["METADATA"], "ROUTE:com.example.filter:key", { ...LENGTH, argumentProblem: metadataOf }),
  ...required(["FILTER_STATE", "UPSTREAM_FILTER_STATE"], "wasm.key:PLAIN", { ...LENGTH, argumentProblem: filterState }),
  // Envoy reads its old name for the state of a filter in headers alone.
  ...required(["PER_REQUEST_STATE"], "wasm.key", {
    ...NO_LENGTH,
    argumentProblem: (key) => filterState(`${key}:PLAIN`),
    only: "header",
  }),
  ...required(["CEL", "TYPED_CEL"], "request.url_path", { ...LENGTH, argumentProblem: expression }),
  ...required(["COALESCE"], '{"operators": ["REQUESTED_SERVER_NAME", {"command": "REQ", "param": ":authority"}]}', {
    ...LENGTH,
    argumentProblem: coalesced,
  }),
  ...required(["COMMON_DURATION"], "DS_RX_BEG:DS_TX_END:ms", { ...NO_LENGTH, argumentProblem: commonDuration }),

  ...optional(["START_TIME", "START_TIME_LOCAL", "EMIT_TIME", "EMIT_TIME_LOCAL"], timeFormat),
  ...optional(["DOWNSTREAM_PEER_CERT_V_START", "DOWNSTREAM_PEER_CERT_V_END"], timeFormat),
  ...optional(["UPSTREAM_PEER_CERT_V_START", "UPSTREAM_PEER_CERT_V_END"], timeFormat),
  // How many bits of the address are kept; Envoy looks at the number only when it fills the address in.
  ...optional(["DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT"]),
  ...optional(["DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_DIRECT_LOCAL_ADDRESS_WITHOUT_PORT"]),
  ...optional(["UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT"]),
  ...optional(["RESPONSE_CODE_DETAILS"]),
  ...optional(["GRPC_STATUS"], choices(["CAMEL_STRING", "SNAKE_STRING", "NUMBER"])),
  ...optional(
    ["REQUESTED_SERVER_NAME"],
    choices(["SNI_ONLY", "SNI_FIRST", "HOST_FIRST"], ["ORIG", "HOST", "ORIG_OR_HOST"]),
  ),
  ...optional(["PATH"], choices(["WQ", "NQ"], ["ORIG", "PATH", "ORIG_OR_PATH"]), LENGTH),
  ...optional(["QUERY_PARAMS"], choices(["ORIG", "DECODED"]), LENGTH),
]);

function required(
  names: readonly string[],
  argument: string,
  more: Pick<Operator, "takesLength" | "argumentProblem" | "only">,
): (readonly [string, Operator])[] {
  return names.map((name) => [name, { argument: "required", example: `%${name}(${argument})%`, ...more }]);
}

function optional(
  names: readonly string[],
  argumentProblem?: ArgumentProblem,
  { takesLength }: { readonly takesLength: boolean } = NO_LENGTH,
): (readonly [string, Operator])[] {
  return names.map((name) => [
    name,
    { argument: "optional", takesLength, example: `%${name}%`, ...(argumentProblem && { argumentProblem }) },
  ]);
}
