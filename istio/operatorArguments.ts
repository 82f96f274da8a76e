import { celProblem } from "./cel.ts";
import { coalesceChoices } from "./coalesce.ts";

/** What is wrong with the argument of an operator, as the end of a sentence that begins with `an argument that`. */
export type ArgumentProblem = (argument: string) => string | undefined;

const HEADER_NAME = /^(?::?[-!#$%&'*+.^_`|~0-9A-Za-z]+)?$/;

/** A header, and another one for where that is missing: `x-envoy-original-path?:path`. */
export const headerNames: ArgumentProblem = (argument) => {
  const names = argument.split("?");
  if (names.length > 2) return "names more than one header to take instead";
  return names.every((name) => HEADER_NAME.test(name)) ? undefined : "is not the name of a header";
};

/** A format of strftime's; Envoy keeps a line break out of headers and logs. */
export const timeFormat: ArgumentProblem = (argument) =>
  /%[-_0^#]*[1-9]*[EO]?n/.test(argument) ? "breaks the line with %n" : undefined;

/** Words between colons, each of those that may stand at its place; Envoy ignores what comes after those. */
export function choices(...places: readonly (readonly string[])[]): ArgumentProblem {
  return (argument) => {
    const words = places.length === 1 ? [argument] : argument.split(":");
    const wrong = places.find((allowed, place) => !["", ...allowed].includes(words[place] ?? ""));
    return wrong && `is none of ${wrong.join(", ")}`;
  };
}

/** Two points in time and, where it is not milliseconds, the unit: `DS_RX_BEG:US_TX_BEG:us`. */
export const commonDuration: ArgumentProblem = (argument) => {
  const [, , unit = "ms", ...others] = argument.split(":");
  if (!argument.includes(":") || others.length > 0) return "does not consist of a start, an end and a unit";
  return ["ms", "us", "ns"].includes(unit) ? undefined : "has a unit other than ms, us and ns";
};

/** A key, and how its value is written: `key:PLAIN`, or `key:FIELD:name`. */
export const filterState: ArgumentProblem = (argument) => {
  const [key, type = "", field = ""] = argument.split(":");
  if (key === "") return "begins with no key";
  if (!["", "PLAIN", "TYPED", "FIELD"].includes(type)) return "has a way of writing other than PLAIN, TYPED and FIELD";
  return (type === "FIELD") === (field !== "")
    ? undefined
    : "has FIELD without the name of a field, or a name without FIELD";
};

const METADATA = ["DYNAMIC", "CLUSTER", "ROUTE", "UPSTREAM_HOST", "LISTENER", "LISTENER_FILTER_CHAIN", "VIRTUAL_HOST"];

/** Whose metadata, then the way to the value: `ROUTE:namespace:key`. */
export const metadataOf: ArgumentProblem = (argument) =>
  METADATA.includes(argument.split(":")[0] ?? "") ? undefined : `begins with none of ${METADATA.join(", ")}`;

/** An expression of the Common Expression Language. */
export const expression: ArgumentProblem = celProblem;

/** Several variables in JSON, of which the first that has a value is taken. */
export const coalesced: ArgumentProblem = (argument) =>
  coalesceChoices(argument) ? undefined : "is no list of operators in JSON";
