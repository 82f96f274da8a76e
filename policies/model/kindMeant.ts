import { didYouMean, editDistance } from "../../lib/schema/problems.ts";
import {
  builtInKinds,
  groupOf,
  kindOf as knownKindOf,
  kindsByGroup,
  nameOf,
  type Kind,
  type KubernetesKind,
} from "../../istio/kinds.ts";

/** Which kind somebody meant whose manifest names one that no cluster has. */
export interface KindMeant {
  readonly kind: KubernetesKind;
  /** Which of the two is not as it should be; where both are, the kind. */
  readonly wrong: "apiVersion" | "kind";
}

/** So many letters of a group may be wrong: other people have groups of their own for kinds of the same name. */
const MISTYPED_GROUP = 3;

/** Kinds that the Gateway API has besides, or once had, some of which are called almost like others. */
const OLD_KINDS = /^(?:BackendLBPolicy|X[A-Z].*)$/;

/**
 * The kind of Istio's, the Gateway API's or Kubernetes' own that was probably meant; nothing if it may well be one of somebody
 * else's.
 *
 * @param apiVersion - as the manifest has it, for which `kindOfManifest` knows no such kind
 */
export function kindMeant(apiVersion: string, kind: string): KindMeant | undefined {
  const group = groupOf(apiVersion);
  const own = kindsByGroup.get(group);
  if (own !== undefined) {
    if (OLD_KINDS.test(kind)) return undefined;
    const meant = didYouMean(kind, own.map(nameOf));
    const found = own.find((one) => nameOf(one) === meant);
    if (found !== undefined) return meantAs(found, kind);
  }
  // Kubernetes has kinds that are not known here: only another case is certainly wrong.
  const inGroup = named(kind, builtInKinds.get(group)?.kinds);
  if (inGroup !== undefined) return meantAs(inGroup, kind);
  for (const [other, kinds] of kindsByGroup) {
    const found = other === group ? undefined : named(kind, kinds);
    if (found !== undefined && (own !== undefined || isNobodyElses(group) || isNear(group, other)))
      return meantAs(found, kind);
  }
  if (!isNobodyElses(group)) return undefined;
  const builtIn = named(
    kind,
    [...builtInKinds.values()].flatMap(({ kinds }) => kinds),
  );
  return builtIn && meantAs(builtIn, kind);
}

/** The kind of this name alone, where nothing says whose it is. */
export function kindNamed(kind: string, hasListeners: boolean): KubernetesKind | undefined {
  const all = [...kindsByGroup.values(), ...[...builtInKinds.values()].map(({ kinds }) => kinds)].flat();
  const [first, second] = all.filter((one) => nameOf(one) === kind);
  return second !== undefined && hasListeners ? second : first;
}

function named(name: string, kinds: readonly KubernetesKind[] = []): KubernetesKind | undefined {
  return kinds.find((one) => nameOf(one).toLowerCase() === name.trim().toLowerCase());
}

function meantAs(kind: KubernetesKind, written: string): KindMeant {
  return { kind, wrong: nameOf(kind) === written ? "apiVersion" : "kind" };
}

/** Groups in which only Kubernetes and Istio have kinds. */
function isNobodyElses(group: string): boolean {
  if (group === "" || group === "extensions" || builtInKinds.has(group)) return true;
  return /^(?:[\w-]+\.)*(?:istio\.io|authorization\.k8s\.io|networking\.k8s\.io)$/.test(group);
}

function isNear(group: string, other: string): boolean {
  // The group of what the Gateway API tries out.
  if (group === "gateway.networking.x-k8s.io") return false;
  return Math.abs(group.length - other.length) <= MISTYPED_GROUP && editDistance(group, other) <= MISTYPED_GROUP;
}

/** The kind behind a Pulumi type token; of one that no cluster has, that which was meant. */
export function kindOf(type: string): Kind | undefined {
  const known = knownKindOf(type);
  if (known !== undefined) return known;
  if (!misspelt.has(type)) misspelt.set(type, kindMeantBy(type));
  return misspelt.get(type);
}

const misspelt = new Map<string, Kind | undefined>();

function kindMeantBy(type: string): Kind | undefined {
  const [, group = "", version = "", kind = ""] = /^kubernetes:([^/:]+)\/([^/:]+):([^:]+)$/.exec(type) ?? [];
  // Lists and patches are resources of their own in Pulumi.
  if (kind === "" || /(?:List|Patch)$/.test(kind)) return undefined;
  return kindMeant(group === "core" ? version : `${group}/${version}`, kind)?.kind;
}
