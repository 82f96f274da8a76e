// Starts a tool with the words of ARGS, which make hands over as one text: no shell takes it apart, so that none runs what
// stands in it. usage: node tools/start.ts <tool> [argument…]
import { say } from "../lib/progress.ts";
import { wordsOf } from "./words.ts";

const [tool = "", ...given] = process.argv.slice(2);
try {
  const words = wordsOf(process.env.ARGS ?? "");
  // What the tool starts has arguments of its own.
  delete process.env.ARGS;
  process.argv.splice(1, Infinity, `${import.meta.dirname}/${tool}.ts`, ...given, ...words);
} catch (error) {
  say(`ARGS: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
await import(`./${tool}.ts`);
