import { coalesceChoices } from "./coalesce.ts";
import { formatOperators, type FormatPlace, type Operator } from "./formatOperators.ts";

/** The known name that was probably meant by one that is not. */
export type Nearest = (name: string, known: readonly string[]) => string | undefined;

const DOCUMENTATION = "https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter";

/** A variable in its parts. */
interface Variable {
  readonly name: string;
  /** Empty where there is none: to Envoy that is the same. */
  readonly argument: string;
  /** How many characters of its value are kept. */
  readonly length: string | undefined;
}

const VARIABLE = /%(?<name>[A-Z0-9_]+)(?:\((?<argument>[^\n]*?)\))?(?::(?<length>[0-9]+))?%/y;

/**
 * What Envoy refuses in a text with variables, such as `%REQ(x-request-id):8% by %PROTOCOL%`: the rest of sentences that
 * begin with the name of the text, none of which quotes it.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter
 */
export function* formatProblems(text: string, place: FormatPlace, nearest: Nearest): Generator<string> {
  let at = text.indexOf("%");
  while (at !== -1) {
    const variable = text[at + 1] === "%" ? undefined : variableAt(text, at);
    if (variable !== undefined) {
      yield* variableProblems(variable, place, nearest);
      at = VARIABLE.lastIndex;
    } else if (text[at + 1] === "%") {
      at += 2;
    } else {
      // Where it ends nobody knows, so that what follows cannot be read.
      yield unfinished(text.slice(at));
      return;
    }
    at = text.indexOf("%", at);
  }
}

function variableAt(text: string, at: number): Variable | undefined {
  VARIABLE.lastIndex = at;
  const groups = VARIABLE.exec(text)?.groups;
  return groups && { name: groups.name ?? "", argument: groups.argument ?? "", length: groups.length };
}

/** `place` is undefined inside another variable. */
function* variableProblems(variable: Variable, place: FormatPlace | undefined, nearest: Nearest): Generator<string> {
  const { name, argument, length } = variable;
  const operator = formatOperators.get(name);
  if (operator === undefined || (operator.only ?? place) !== place) yield unknown(name, place, nearest);
  else if (length !== undefined && BigInt(length) >= 2n ** 64n) yield `cuts ${name} to a length that is too large`;
  else {
    const problem = usageProblem(operator, variable);
    if (problem !== undefined) yield `has ${name} ${problem}; write it as in ${operator.example}`;
    else if (name === "COALESCE") yield* coalesceProblems(argument, nearest);
  }
}

function usageProblem({ argument: expected, takesLength, argumentProblem }: Operator, variable: Variable) {
  const { argument, length } = variable;
  if (expected === "none" && (argument !== "" || length !== undefined)) {
    return "with an argument or a length, and it takes neither";
  }
  if (expected === "required" && argument === "") return "without its argument";
  if (!takesLength && length !== undefined) return "with a length, and it takes none";
  const wrong = argumentProblem?.(argument);
  return wrong === undefined ? undefined : `with an argument that ${wrong}`;
}

/** COALESCE takes the first of several variables that has a value: each of them is as it would be alone. */
function* coalesceProblems(argument: string, nearest: Nearest): Generator<string> {
  for (const { command, param, max_length } of coalesceChoices(argument) ?? []) {
    const length = max_length === undefined ? undefined : String(max_length);
    yield* variableProblems({ name: command, argument: param ?? "", length }, undefined, nearest);
  }
}

function unfinished(rest: string): string {
  const name = /^%\s*(\w+)/.exec(rest)?.[1]?.toUpperCase() ?? "";
  const example = formatOperators.get(name)?.example ?? "%PROTOCOL% or %REQ(x-request-id)%";
  return `has a percent sign that begins no whole variable: write %% for the sign itself, and a variable as in ${example}`;
}

function unknown(name: string, place: FormatPlace | undefined, nearest: Nearest): string {
  const known = [...formatOperators].filter(([, { only = place }]) => only === place).map(([known]) => known);
  const meant = formatOperators.get(nearest(name, known) ?? "");
  const hint = meant ? `did you mean ${meant.example}?` : `see ${DOCUMENTATION}, and write %% for a percent sign`;
  return `has a variable that Envoy does not know; ${hint}`;
}
