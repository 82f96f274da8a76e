// What MESH_CACHE_FROM names, into the cache. tools/run calls it before every tool, with whichever Node there is.
// usage: tools/unpackCache.ts <archive>
import { inWords } from "../lib/systemError.ts";
import { say } from "../lib/progress.ts";
import { unpackArchive } from "./cache/unpack.ts";

const [file = ""] = process.argv.slice(2);
try {
  const begin = Date.now();
  const entries = unpackArchive(file);
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  if (entries.length > 0) say(`${entries.length} entries of the cache come from ${file}, in ${seconds} s`);
} catch (error) {
  say(`MESH_CACHE_FROM: ${inWords(error)}; nothing was imported. Create one with \`make cache-export\`, or unset it`);
  process.exitCode = 1;
}
