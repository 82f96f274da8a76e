/* global require, module, __dirname */
// The engine starts the pack at every preview, and would type-check it each time, which takes longer than all the rules together.
// `npm run check` has done that already; here the files are only put together, in memory.
const path = require("node:path");
const esbuild = require("esbuild");

const entry = path.join(__dirname, "index.ts");
const { outputFiles } = esbuild.buildSync({
  entryPoints: [entry],
  bundle: true,
  // They are read from node_modules as ever: most of what they bring along is read only where it is needed.
  packages: "external",
  platform: "node",
  format: "cjs",
  target: "node24",
  write: false,
});

module._compile(outputFiles[0].text, entry);
