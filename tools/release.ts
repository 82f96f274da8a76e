// make release TAG=v1.0.0: the release of a tag, with what CHANGELOG.md says of it, on GitHub or GitLab. `make release-notes` only
// checks that everything agrees, and prints that.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { codeHostIn } from "./codeHost/inWorkflow.ts";
import { releaseOf } from "./codeHost/releaseNotes.ts";
import { command } from "./command.ts";
import { checkout } from "./stack/checkout.ts";

command(async () => {
  const { values } = parseArgs({ options: { notes: { type: "boolean", default: false } } });
  const read = (file: string) => readFileSync(join(checkout, file), "utf8");
  const { tag, notes, isPreview } = releaseOf({
    tag: process.env.TAG ?? "",
    manifest: read("package.json"),
    lock: read("package-lock.json"),
    changelog: read("CHANGELOG.md"),
  });
  if (values.notes) process.stdout.write(notes);
  else console.log(`the release ${tag} is ${await codeHostIn(process.env).release(tag, notes, isPreview)}`);
});
