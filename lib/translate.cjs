// Lets Node load this project's TypeScript, for the engine: the program and the policy pack start at every preview. No types are
// checked here; the editor, `npm run check` and `make test` do that.
const { readFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { transform } = require("sucrase");

// What Node has compiled it need not compile again at the next preview. Before 22.8 it could not keep it.
enableCompileCache?.();

require.extensions[".ts"] = (module, filePath) => {
  // Sucrase keeps the lines, so that no stack has to be mapped. Pulumi's SDK takes a stack for every promise, and would map each.
  delete Error.prepareStackTrace;
  const source = readFileSync(filePath, "utf8");
  module._compile(transform(source, { transforms: ["typescript", "imports"], filePath }).code, filePath);
};
