import { enableCompileCache } from "node:module";

// What Node has compiled it need not compile again at the next preview.
enableCompileCache();
// Pulumi's SDK takes a stack for every promise, and would look for a source map of each line: docs/decisions/monkey-patches.md.
Reflect.deleteProperty(Error, "prepareStackTrace");

// The engine calls what is exported, and takes what it returns for the stack's outputs.
export default (await import("./program.ts")).program;
