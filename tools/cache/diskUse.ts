import { join } from "node:path";
import { cacheFolder, madeHere } from "../../lib/cache.ts";
import { diskUse, inBytes } from "../../lib/diskUse.ts";
import { say } from "../../lib/progress.ts";

/** Says what the cache takes on the disk, where this process has built something into it. */
export async function sayDiskUse(): Promise<void> {
  if (!madeHere().some((name) => name.startsWith("programs/"))) return;
  const [all, compiled] = await Promise.all([diskUse(cacheFolder()), diskUse(join(cacheFolder(), "go-build"))]);
  const ofGo = compiled > 0 ? `, ${inBytes(compiled)} of it what Go has compiled` : "";
  say(`${cacheFolder()} now uses ${inBytes(all)}${ofGo}; \`make clean-cache\` frees what later runs do not need`);
}
