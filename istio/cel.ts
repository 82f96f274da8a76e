import type * as Cel from "@marcbachmann/cel-js" with { "resolution-mode": "import" };

/** Whether the text is an expression of the Common Expression Language; what is in it need not exist. */
export function isCelExpression(text: string): boolean {
  // Few objects have expressions, and the parser would take its time at each start.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parse, ParseError } = require("@marcbachmann/cel-js") as typeof Cel;
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}
