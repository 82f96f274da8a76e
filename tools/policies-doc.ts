// tools/run policies-doc: writes docs/policies.md anew, after a rule or a level has changed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policiesDocument } from "./policies/document";

writeFileSync(join(__dirname, "../docs/policies.md"), policiesDocument());
