import { createRequire } from "node:module";
import type * as Cel from "@marcbachmann/cel-js" with { "resolution-mode": "import" };

/** Whether the text is an expression of the Common Expression Language; what is in it need not exist. */
export function isCelExpression(text: string): boolean {
  return syntaxTree(text) !== undefined;
}

/**
 * What Envoy refuses in an expression: the end of a sentence. It has the functions of the language's core, none that
 * goes through a list, and no `string()`.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes
 */
export function celProblem(text: string): string | undefined {
  const tree = syntaxTree(text);
  if (tree === undefined) return "is no expression in CEL";
  const calls = callsIn(tree);
  const iterates = calls.some((call) => /^\.(?:all|exists|exists_one|map|filter)\//.test(call));
  if (iterates) return "goes through a list, which Envoy does not do";
  return calls.every((call) => FUNCTIONS.has(call)) ? undefined : "calls a function that Envoy does not have";
}

/** Functions with the number of their arguments; those with a dot before them are called on a value. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  ...["bool", "bytes", "double", "duration", "dyn", "has", "int", "size", "timestamp", "type", "uint"].map(
    (name) => `${name}/1`,
  ),
  ".size/0",
  ...["contains", "endsWith", "matches", "startsWith"].flatMap((name) => [`${name}/2`, `.${name}/1`]),
  ...[
    "Date",
    "DayOfMonth",
    "DayOfWeek",
    "DayOfYear",
    "FullYear",
    "Hours",
    "Milliseconds",
    "Minutes",
    "Month",
    "Seconds",
  ]
    // With the name of a time zone, or without.
    .flatMap((part) => [`.get${part}/0`, `.get${part}/1`]),
  ...["re.capture/2", "re.captureN/2", "re.extract/3"],
]);

function callsIn({ op, args }: Cel.ASTNode): readonly string[] {
  const inside = nodesIn(args).flatMap(callsIn);
  if (op === "call") return [`${args[0]}/${args[1].length}`, ...inside];
  if (op !== "rcall") return inside;
  const [name, receiver, others] = args;
  const isModule = receiver.op === "id" && receiver.args === "re";
  return [`${isModule ? "re" : ""}.${name}/${others.length}`, ...inside];
}

function nodesIn(args: unknown): readonly Cel.ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn);
  return typeof args === "object" && args !== null && "op" in args ? [args as Cel.ASTNode] : [];
}

function syntaxTree(text: string): Cel.ASTNode | undefined {
  const { parse, ParseError } = celParser();
  try {
    const { ast } = parse(text);
    return misusesHas(ast) ? undefined : ast;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/**
 * Few objects have expressions, and the parser would take its time at each start. In the bundle of mesh-check, whose esbuild takes
 * what `require` names into it, there is a `require`; in a module of Node's there is none.
 */
export function celParser(): typeof Cel {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  if (typeof require === "function") return require("@marcbachmann/cel-js") as typeof Cel;
  return createRequire(import.meta.url)("@marcbachmann/cel-js") as typeof Cel;
}

/** `has()` asks for a field by its name, as in `has(request.headers)`; the parser takes anything in it. */
function misusesHas({ op, args }: Cel.ASTNode): boolean {
  if (op === "call" && args[0] === "has" && args[1][0]?.op !== ".") return true;
  return nodesIn(args).some(misusesHas);
}
