import { pipEntries } from "../pip.ts";
import { allGroupNames, programsEntry } from "../../testbed/goPrograms.ts";
import { imageEntries } from "../../testbed/images.ts";
import { DEBIAN, ENVOY, REDIS } from "../../testbed/packages.ts";
import { ISTIO_MODULE } from "../../testbed/goPrograms.ts";
import { programPaths } from "../../testbed/parts.ts";
import { npm, programs } from "../../versions.ts";
import { releaseEntries } from "../programs/programs.ts";

/** The names of all entries of the cache that the versions of this checkout use, whether they are there or not. */
export const neededEntries = (): string[] => [
  ...allGroupNames.map(programsEntry),
  ...imageEntries(programPaths()),
  ...[DEBIAN, REDIS, ENVOY, ISTIO_MODULE, `node-${programs.node}`, `mermaid-${npm.mermaid}`],
  ...releaseEntries(),
  ...pipEntries(),
];
