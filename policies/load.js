/* global require */
// The engine starts the pack at every preview, and type-checks it each time, which takes longer than all the rules together.
// `npm run check` has done that already; here the files are only translated, one by one.
const fs = require("node:fs");
const ts = require("typescript");

const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, isolatedModules: true };

require.extensions[".ts"] = (module, fileName) => {
  const source = fs.readFileSync(fileName, "utf8");
  module._compile(ts.transpileModule(source, { compilerOptions, fileName }).outputText, fileName);
};

require("./index.ts");
