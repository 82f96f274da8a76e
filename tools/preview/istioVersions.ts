// What becomes of Istio: a version is a line of the diff, which nobody reads where there are hundreds.
import { isTooFar, MOST_MINORS, type Way } from "../../components/istio/upgradeSteps.ts";
import { mapOf, type Untrusted } from "../../lib/untrusted.ts";
import { byVersion, numbersOf } from "../../lib/versions.ts";
import type { Step } from "./events.ts";

/** The control planes whose version changes or that come beside another, and definitions that go back. */
export function istioVersionsText(steps: readonly Step[]): string[] {
  const planes = versions(steps, /^istiod(-|$)/);
  const [oldest] = planes.flatMap(({ old }) => old ?? []).toSorted(byVersion);
  const lines = planes.flatMap(({ name, old, next }) => {
    if (oldest === undefined || next === undefined || old === next) return [];
    return old === undefined
      ? [`${name} is Istio ${next}, beside ${oldest}${caution(oldest, next, "beside")}`]
      : [`${name} upgrades from Istio ${old} to ${next}, in place${caution(old, next, "inPlace")}`];
  });
  const definitions = versions(steps, /^istio-base$/).flatMap(({ name, old, next }) =>
    old !== undefined && next !== undefined && byVersion(next, old) < 0
      ? [`${name} downgrades from Istio ${old} to ${next}: objects lose fields that only the newer version defines`]
      : [],
  );
  return [...lines, ...definitions];
}

function caution(from: string, to: string, way: Way): string {
  if (!isTooFar(from, to, way)) return "";
  return `; Istio supports ${MOST_MINORS.inPlace} minor version at a time in place, ${MOST_MINORS.beside} with a revision`;
}

interface Versions {
  readonly name: string;
  readonly old: string | undefined;
  readonly next: string | undefined;
}

/** The versions of releases: the plugin writes down that of the chart, wherever that comes from. */
function versions(steps: readonly Step[], release: RegExp): Versions[] {
  const versionIn = (inputs: Untrusted | undefined) => {
    const { name, version } = mapOf(inputs);
    const isIt = typeof name === "string" && release.test(name);
    return isIt && typeof version === "string" && numbersOf(version) ? version : undefined;
  };
  return steps
    .filter(({ type }) => type === "kubernetes:helm.sh/v3:Release")
    .map(({ name, before, after }) => ({ name, old: versionIn(before), next: versionIn(after) }));
}
