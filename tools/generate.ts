// tools/run generate: writes anew what is made from other files. `make test` fails where one of them is stale.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { goPrograms, istioModule } from "../testbed/goPrograms.ts";
import { command } from "./command.ts";
import type { Generated } from "./generate/files.ts";
import { fromEnvoy } from "./generate/envoyTypes.ts";
import { fromCharts } from "./generate/fromCharts.ts";
import { indexes } from "./generate/indexes.ts";

command(async () => {
  // The rules are read through both, which may name files that are gone.
  await write(indexes);
  await write(fromCharts(process.env.ISTIO_CHARTS ?? join(await istioModule(), "manifests/charts")));
  await write(fromEnvoy(process.env.ENVOY_TYPES ?? (await goPrograms("envoy-types"))));
  const { fromCode } = await import("./generate/fromCode.ts");
  await write(fromCode);
});

async function write(files: Generated): Promise<void> {
  for (const [file, text] of Object.entries(files)) writeFileSync(file, await text());
}
