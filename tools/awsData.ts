// tools/run awsData: takes the lists of regions, instance types, lengths and patterns anew, from the newest botocore that PyPI has.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { pipInstall } from "./pip.ts";
import { awsLists, services } from "./aws/lists.ts";
import { modelIn, partitionsIn } from "./aws/models.ts";
import { command } from "./command.ts";

const FILE = join(import.meta.dirname, "../components/cluster/eks/aws.json");

command(async () => {
  const folder = mkdtempSync(join(tmpdir(), "botocore-"));
  try {
    await pipInstall(folder, ["botocore"], ["--no-deps"]);
    const version = readdirSync(folder).flatMap((name) => /^botocore-(.+)\.dist-info$/.exec(name)?.[1] ?? [])[0] ?? "";
    const lists = awsLists(
      partitionsIn(folder),
      Object.fromEntries(services.map((service) => [service, modelIn(folder, service)])),
      { asOf: new Date().toISOString().slice(0, 10), botocore: version },
    );
    writeFileSync(FILE, await format(JSON.stringify(lists), { ...(await resolveConfig(FILE)), filepath: FILE }));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
