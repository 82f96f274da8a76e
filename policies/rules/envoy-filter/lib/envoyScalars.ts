import { nanosecondsOf } from "../../../../istio/durations.ts";
import type { Field, ValueType } from "../../../model/field.ts";

/** Says what is wrong with a value. */
type Check = (field: Field) => string | undefined;

/**
 * What holds for values of a type that is written as a scalar in the JSON of protocol buffers, as istiod reads it;
 * nothing for other types.
 */
export function scalarCheck(type: string): Check | undefined {
  return Object.hasOwn(CHECKS, type) ? CHECKS[type] : undefined;
}

const whole =
  (min: bigint, max: bigint): Check =>
  (field) => {
    const words = field.string();
    const number = words === undefined ? field.number() : WHOLE.test(words) ? Number(words) : undefined;
    if (number === undefined || !Number.isInteger(number)) return "use a whole number";
    return BigInt(number) >= min && BigInt(number) <= max ? undefined : `use a whole number from ${min} to ${max}`;
  };

const text: Check = (field) => (field.valueType() === "text" ? undefined : "use a string, in quotes");
const flag: Check = (field) => (field.valueType() === "boolean" ? undefined : "use true or false, without quotes");
// Numbers may stand in quotes.
const decimal: Check = (field) =>
  field.valueType() === "number" || DECIMAL.test(field.string() ?? "") ? undefined : "use a number";
const bytes: Check = (field) => (BASE64.test(field.string() ?? " ") ? undefined : "encode the bytes in base64");
const duration: Check = (field) =>
  nanosecondsOf(field.string() ?? "") === undefined ? "use a duration with a unit, such as 250ms or 5s" : undefined;
const timestamp: Check = (field) =>
  TIME.test(field.string() ?? "") ? undefined : "use a time such as 2026-11-29T08:00:00Z";

const INT32 = whole(-(2n ** 31n), 2n ** 31n - 1n);
const UINT32 = whole(0n, 2n ** 32n - 1n);
const INT64 = whole(-(2n ** 63n), 2n ** 63n - 1n);
const UINT64 = whole(0n, 2n ** 64n - 1n);

/** By the kinds of protocol buffers, and by the messages that are written like one of them. */
const CHECKS: Readonly<Record<string, Check>> = {
  bool: flag,
  int32: INT32,
  sint32: INT32,
  sfixed32: INT32,
  uint32: UINT32,
  fixed32: UINT32,
  int64: INT64,
  sint64: INT64,
  sfixed64: INT64,
  uint64: UINT64,
  fixed64: UINT64,
  float: decimal,
  double: decimal,
  string: text,
  bytes,
  "google.protobuf.BoolValue": flag,
  "google.protobuf.Int32Value": INT32,
  "google.protobuf.UInt32Value": UINT32,
  "google.protobuf.Int64Value": INT64,
  "google.protobuf.UInt64Value": UINT64,
  "google.protobuf.FloatValue": decimal,
  "google.protobuf.DoubleValue": decimal,
  "google.protobuf.StringValue": text,
  "google.protobuf.BytesValue": bytes,
  "google.protobuf.Duration": duration,
  "google.protobuf.Timestamp": timestamp,
};

/** Whether Envoy's own reader may take what istiod's does not: words for flags, messages by their fields, and other forms of bytes. */
export function isReadByEnvoy(type: string, valueType: ValueType): boolean {
  if (valueType === "map") return type.includes(".");
  return valueType === "text" && /^(?:bool|bytes)$|(?:Bool|Bytes)Value$|Timestamp$/.test(type);
}

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;
/** As JSON has them. */
const WHOLE = /^-?(?:0|[1-9]\d*)$/;
const DECIMAL = /^(?:NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
