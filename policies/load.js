/* global require */
// The engine starts the pack at every preview, and type-checks it each time, which takes longer than all the rules together.
// `npm run check` has done that already; here the files are only translated, one by one, their lines kept.
const fs = require("node:fs");
const { transform } = require("sucrase");

require.extensions[".ts"] = (module, filePath) => {
  const source = fs.readFileSync(filePath, "utf8");
  module._compile(transform(source, { transforms: ["typescript", "imports"], filePath }).code, filePath);
};

require("./index.ts");
