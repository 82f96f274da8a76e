// tools/run generate: writes anew what is made from other files. `make test` fails where one of them is stale.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { istioModule } from "../testbed/goPrograms";
import { command } from "./command";
import { generated, generatedFrom, type Generated } from "./generate/generated";

command(async () => {
  await write(generated);
  await write(generatedFrom(process.env.ISTIO_CHARTS ?? join(await istioModule(), "manifests/charts")));
});

async function write(files: Generated): Promise<void> {
  for (const [file, text] of Object.entries(files)) writeFileSync(file, await text());
}
