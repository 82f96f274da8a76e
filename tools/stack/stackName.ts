// Which stacks there are, and what may name one. A name becomes part of paths: it is checked before that.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./checkout.ts";

/** Where the tools keep what belongs to stacks, in a checkout. */
export const stateFolder = (root = checkout): string => join(root, ".state");

/** The engine's own rule. */
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;
/** Names that the engine takes, but which lead to another folder. */
const OTHER_PLACES = [".", ".."];
const isName = (text: string): boolean => NAME.test(text) && !OTHER_PLACES.includes(text);

/**
 * The name, if a stack may have it.
 * @throws Error with the way out, which quotes nothing: what stands there may be anything
 */
export function checkedName(name: string, root = checkout): string {
  if (name === "") {
    throw new Error(`STACK is empty: omit it for the stack local, or name a stack; ${stacksInWords(root)}`);
  }
  if (!isName(name)) {
    throw new Error(
      `STACK is not a valid stack name: use at most 100 letters, digits, hyphens, underscores and periods; ${stacksInWords(root)}`,
    );
  }
  return name;
}

/**
 * The name, if there is a stack of it: a file of its settings, or something that the tools keep of it.
 * @throws Error that lists the stacks
 */
export function existingStack(name: string, root = checkout): string {
  checkedName(name, root);
  if (!stacks(root).includes(name)) throw new Error(`there is no stack ${name}; ${stacksInWords(root)}`);
  return name;
}

/** What a command of make needs to mean the stack, such as ` STACK=prod`. */
export const chosenBy = (stack: string, context?: string): string =>
  `${stack === "local" ? "" : ` STACK=${stack}`}${context === undefined ? "" : ` CONTEXT=${context}`}`;

/** As they are called, letter by letter: on some systems a file answers to other spellings too. */
export function stacks(root = checkout): string[] {
  const files = readdirSync(root).flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? []);
  const folders = existsSync(stateFolder(root))
    ? readdirSync(stateFolder(root), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  const names = [...files, ...folders.map(({ name }) => name)];
  return [...new Set(names)].filter(isName).sort();
}

const stacksInWords = (root: string): string => `the stacks of this checkout: ${stacks(root).join(", ")}`;
