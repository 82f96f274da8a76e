// Makes one file of mesh-check and all that it needs, which starts in a tenth of the time: see bin/mesh-check.
// usage: tools/run bundle <folder>
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { draftOf, removeDrafts, takeOver, writeWhole } from "../lib/wholeFile.ts";
import { command } from "./command.ts";

const ENTRY = "policies/cli/meshCheck.ts";

/** The first Node that can keep compiled code does so beside the file. */
const START = `require("node:module").enableCompileCache?.(__dirname + "/compiled");
require("./mesh-check.js");
`;

command(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error("usage: tools/run bundle <folder>");
  mkdirSync(folder, { recursive: true });
  // Under a name of its own first: another process may be starting the old one.
  const making = draftOf(join(folder, "mesh-check.js"));
  removeDrafts(join(folder, "mesh-check.js"));
  await build({
    entryPoints: [ENTRY],
    outfile: making,
    bundle: true,
    platform: "node",
    target: "node20",
    minify: true,
    logOverride: { "empty-import-meta": "silent" },
  });
  takeOver(making, join(folder, "mesh-check.js"));
  writeWhole(join(folder, "start.js"), START, { mode: 0o644 });
});
