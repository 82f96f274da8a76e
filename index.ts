import { enableCompileCache } from "node:module";
import log from "@pulumi/pulumi/log/index.js";

// What Node has compiled it need not compile again at the next preview.
enableCompileCache();
// Pulumi's SDK takes a stack for every promise, and would look for a source map of each line: docs/decisions/monkey-patches.md.
Reflect.deleteProperty(Error, "prepareStackTrace");
// It sends the engine each message for `--debug`, one after the other, though nobody asked for them: the same page.
if (!process.env.MESH_SDK_DEBUG) Object.assign(log, { debug: () => Promise.resolve() });

// The engine calls what is exported, and takes what it returns for the stack's outputs.
export default (await import("./program.ts")).program;
