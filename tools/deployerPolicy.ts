// make deployer-policy: writes anew what whoever deploys may do, after the program has come to make something else: on AWS
// docs/deployer-policy.json, on a cluster docs/deployer-rbac.yaml.
import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { format, resolveConfig } from "prettier";
import { istioModule } from "../testbed/goPrograms.ts";
import { command } from "./command.ts";
import { rulesOfCharts } from "./deployer/chartRoles.ts";
import { deployerPolicy } from "./deployer/policy.ts";
import { deployerRbac } from "./deployer/rbac.ts";
import { helmFolder } from "./programs/programs.ts";

command(async () => {
  await write("deployer-policy.json", JSON.stringify(deployerPolicy()));
  process.env.PATH = [await helmFolder(), process.env.PATH].filter(Boolean).join(delimiter);
  const charts = process.env.ISTIO_CHARTS ?? join(await istioModule(), "manifests/charts");
  await write("deployer-rbac.yaml", deployerRbac(await rulesOfCharts(charts)));
});

async function write(name: string, text: string): Promise<void> {
  const file = join(import.meta.dirname, "../docs", name);
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
