import { pipEntries } from "../pip";
import { allGroupNames, programsEntry } from "../../testbed/goPrograms";
import { imageEntries } from "../../testbed/images";
import { DEBIAN, ENVOY } from "../../testbed/packages";
import { ISTIO_MODULE } from "../../testbed/goPrograms";
import { programPaths } from "../../testbed/parts";
import { programs } from "../../versions";
import { releaseEntries } from "../programs/programs";

/** The names of all entries of the cache that the versions of this checkout use, whether they are there or not. */
export const neededEntries = (): string[] => [
  ...allGroupNames.map(programsEntry),
  ...imageEntries(programPaths()),
  ...[DEBIAN, ENVOY, ISTIO_MODULE, `node-${programs.node}`],
  ...releaseEntries(),
  ...pipEntries(),
];
