// make sbom: the bill of materials of the project, in CycloneDX's form, on standard output or into FILE=sbom.cdx.json.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import project from "../package.json" with { type: "json" };
import { run } from "../lib/run.ts";
import { command } from "./command.ts";
import { withGoModules, type Bom } from "./sbom/bom.ts";
import { modulesIn } from "./sbom/goModules.ts";
import { checkout } from "./stack/checkout.ts";

const PROGRAMS = join(checkout, "testbed/programs");

command(async () => {
  const [file = ""] = process.argv.slice(2);
  const npm = await run("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], { cwd: checkout });
  const modules = readdirSync(PROGRAMS).map(
    (name) => [name, modulesIn(readFileSync(join(PROGRAMS, name, "go.mod"), "utf8"))] as const,
  );
  const bom = withGoModules(JSON.parse(npm) as Bom, project.name, Object.fromEntries(modules));
  const text = `${JSON.stringify(bom, undefined, 2)}\n`;
  if (file === "") process.stdout.write(text);
  else writeFileSync(file, text);
});
