// istio/generated/envoyTypes.json: the messages and enums of Envoy's API, as the pinned istiod knows them.
import { join } from "node:path";
import { run } from "../../lib/run.ts";
import { testbed } from "../../versions.ts";
import { inCheckout, type Generated } from "./files.ts";

/** What is made from what a program of the testbed prints. @param folder - that holds `envoy-types` */
export const fromEnvoy = (folder: string): Generated =>
  inCheckout({ "istio/generated/envoyTypes.json": () => envoyTypesText(folder) });

async function envoyTypesText(folder: string): Promise<string> {
  const packages: unknown = JSON.parse(await run(join(folder, "envoy-types"), []));
  return JSON.stringify({ istioModule: testbed.istioModule, packages });
}
