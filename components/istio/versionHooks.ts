import { refusing } from "../refusedUpdates.ts";
import { skipsVersions, type Way } from "./upgradeSteps.ts";

/** Refuses that a release skips versions. */
export const withoutSkips = (name: string, way: Way) =>
  refusing(`${name}-versions`, (before, after) => skipsVersions(name, way, before, after));
