// make deployer-policy: writes docs/deployer-policy.json anew, after the program has come to make something else.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { command } from "./command.ts";
import { deployerPolicy } from "./deployer/policy.ts";

const FILE = join(import.meta.dirname, "../docs/deployer-policy.json");

command(async () => {
  writeFileSync(
    FILE,
    await format(JSON.stringify(deployerPolicy()), { ...(await resolveConfig(FILE)), filepath: FILE }),
  );
});
