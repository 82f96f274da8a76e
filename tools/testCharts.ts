// make test-charts: the values that we give to the tools' own charts, rendered by these; each has to have an effect.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { command } from "./command.ts";
import { helmFolder } from "./programs/programs.ts";
import { checkout } from "./stack/checkout.ts";

const TESTS = "test/components/observability/rendering.test.ts";

command(async () => {
  const folder = process.env.ADDON_CHARTS ?? "";
  if (!existsSync(folder)) {
    throw new Error("make test-charts needs a folder with the charts from `helm pull`: CHARTS=…");
  }
  const PATH = [await helmFolder(), process.env.PATH].filter(Boolean).join(delimiter);
  const child = spawn(join(checkout, "node_modules/.bin/vitest"), ["run", "--project", "unit", TESTS], {
    cwd: checkout,
    env: { ...process.env, PATH },
    stdio: "inherit",
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  if (code !== 0) throw new Error("some values have no effect: see above");
});
