import { didYouMean, editDistance } from "../../lib/schema/problems.ts";
import { kindsByGroup, nameOf, type KubernetesKind } from "../../istio/kinds.ts";

/** Which kind somebody meant whose manifest names one that no cluster has. */
export interface KindMeant {
  readonly kind: KubernetesKind;
  readonly group: string;
  /** Which of the two is not as it should be; where both are, the kind. */
  readonly wrong: "apiVersion" | "kind";
}

/** So many letters of a group may be wrong: other people have groups of their own for kinds of the same name. */
const MISTYPED_GROUP = 3;

/** Kinds that the Gateway API has besides, or once had, some of which are called almost like others. */
const OLD_KINDS = /^(?:BackendLBPolicy|X[A-Z].*)$/;

/**
 * The kind of Istio's or the Gateway API's that was probably meant; nothing if it may well be one of somebody else's.
 *
 * @param apiVersion - as the manifest has it, for which `kindOfManifest` knows no such kind
 */
export function kindMeant(apiVersion: string, kind: string): KindMeant | undefined {
  const [group = ""] = apiVersion.split("/");
  const own = kindsByGroup.get(group);
  if (own !== undefined) {
    if (OLD_KINDS.test(kind)) return undefined;
    const meant = didYouMean(kind, own.map(nameOf));
    const found = own.find((one) => nameOf(one) === meant);
    if (found !== undefined) return { kind: found, group, wrong: nameOf(found) === kind ? "apiVersion" : "kind" };
  }
  for (const [other, kinds] of kindsByGroup) {
    const found = kinds.find((one) => nameOf(one).toLowerCase() === kind.toLowerCase());
    if (found === undefined || other === group) continue;
    const isMistyped = own !== undefined || isNear(group, other);
    if (isMistyped) return { kind: found, group: other, wrong: nameOf(found) === kind ? "apiVersion" : "kind" };
  }
  return undefined;
}

function isNear(group: string, other: string): boolean {
  // The group of what the Gateway API tries out.
  if (group === "gateway.networking.x-k8s.io") return false;
  return Math.abs(group.length - other.length) <= MISTYPED_GROUP && editDistance(group, other) <= MISTYPED_GROUP;
}
