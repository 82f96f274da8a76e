import { SOURCE_VERSION } from "../../istio/sourceVersion.ts";
import { mapOf } from "../../lib/untrusted.ts";
import { numbersOf } from "../../lib/versions.ts";

/**
 * How many minor versions Istio goes up, or back, at a time.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/in-place/ and https://istio.io/latest/docs/setup/upgrade/canary/
 */
export const MOST_MINORS = { inPlace: 1, beside: 2 } as const;

export type Way = keyof typeof MOST_MINORS;

/** Whether it is further from one version to the other than Istio supports. What is no version is not far from any. */
export function isTooFar(from: string, to: string, way: Way): boolean {
  const [one, other] = [numbersOf(from), numbersOf(to)];
  if (one === undefined || other === undefined) return false;
  return one[0] !== other[0] || Math.abs(one[1] - other[1]) > MOST_MINORS[way];
}

const WAYS_OUT: Readonly<Record<Way, string>> = {
  inPlace: "set mesh:istio.version to a version between, and `pulumi up`, one minor version at a time",
  beside: "set mesh:istio.canary.version to a version between, and take it through to its end first",
};

/** Why a release must not go from the inputs of old to the new ones; nothing where it may. */
export function skipsVersions(name: string, way: Way, before: unknown, after: unknown): string | undefined {
  const [from, to] = [mapOf(before).version, mapOf(after).version];
  // From a chart of the source to a version of a release it is not far.
  if (typeof from !== "string" || typeof to !== "string" || [from, to].includes(SOURCE_VERSION)) return undefined;
  if (!isTooFar(from, to, way)) return undefined;
  return `${name} would go from Istio ${from} to ${to}, and Istio supports no more than ${inWords(way)}: ${WAYS_OUT[way]}`;
}

const inWords = (way: Way) =>
  way === "inPlace"
    ? `${MOST_MINORS.inPlace} minor version at a time in place, ${MOST_MINORS.beside} with a revision`
    : `${MOST_MINORS.beside} minor versions at a time`;
