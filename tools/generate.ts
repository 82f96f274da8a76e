// tools/run generate: writes anew what is made from other files of the checkout. `make test` fails where one of them is stale.
import { writeFileSync } from "node:fs";
import { generated } from "./generate/generated.ts";

void (async () => {
  for (const [file, text] of Object.entries(generated)) writeFileSync(file, await text());
})();
