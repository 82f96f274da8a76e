// The steps by which Istio goes up by revision, each a change of the stack file, from where the file stands.
import { isTooFar, MOST_MINORS } from "../../components/istio/upgradeSteps.ts";
import { EGRESS_NAMESPACE, INGRESS_NAMESPACE } from "../../components/istio/namespace.ts";
import { list } from "../../lib/list.ts";
import { listOf, mapOf, type Untrusted } from "../../lib/untrusted.ts";
import { byVersion, numbersOf } from "../../lib/versions.ts";
import { movedNamespaces } from "../../settings/clusterCombinations.ts";
import { Draft } from "../../settings/draft.ts";
import { product } from "../../versions.ts";

/** A setting of `mesh:istio`, by its keys, and what it is to be; undefined where it goes. */
export type Change = readonly [path: readonly string[], value: unknown];

export interface UpgradeStep {
  readonly title: string;
  readonly changes: readonly Change[];
  /** What becomes of the cluster. */
  readonly effect: string;
  /** What to look at afterwards, beside `make verify`. */
  readonly checks: readonly string[];
  /** What to know before it is taken back. */
  readonly back?: string;
}

export interface UpgradePlan {
  readonly from: string;
  readonly to: string;
  /** Titles of the steps that the file has behind it. */
  readonly done: readonly string[];
  readonly steps: readonly UpgradeStep[];
}

/** The name of a version's revision, e.g. `1-32-0`. */
export const revisionName = (version: string): string => version.toLowerCase().replaceAll(".", "-");

/**
 * @param settings of the stack file, by section
 * @throws Error with the way out, where there is no way from the file to the version
 */
export function upgradePlan(settings: Readonly<Record<string, unknown>>, to: string): UpgradePlan {
  const istio = mapOf(settings.istio);
  const from = typeof istio.version === "string" ? istio.version : product.istio;
  const canary = istio.canary === undefined ? undefined : mapOf(istio.canary);
  checkTarget(from, to, canary);
  if (mapOf(istio.images).tag !== undefined) {
    throw new Error("mesh:istio.images.tag gives both control planes the same images: leave it out first");
  }
  const old = typeof istio.revision === "string" ? istio.revision : revisionName(from);
  const next = typeof canary?.revision === "string" ? canary.revision : revisionName(to);
  const moved = listOf(canary?.namespaces);
  const all: (UpgradeStep & { readonly isDone: boolean })[] = [
    { ...named(istio, from, old), isDone: istio.revision !== undefined },
    { ...beside(from, to, next), isDone: canary !== undefined },
  ];
  const gateways = [INGRESS_NAMESPACE, EGRESS_NAMESPACE] as readonly string[];
  const namespaces = movedNamespaces(new Draft(settings));
  // What the file has already stays before the next.
  const names = new Set(moved);
  const move = (name: string) => {
    names.add(name);
    all.push({ ...movedStep(name, [...names], next, gateways.includes(name)), isDone: moved.includes(name) });
  };
  for (const name of namespaces) if (!gateways.includes(name)) move(name);
  const tagged = tagsOf(istio, old, next);
  if (tagged) all.push({ ...tagged, isDone: false });
  for (const name of namespaces) if (gateways.includes(name)) move(name);
  all.push({ ...removed(from, old, to, next), isDone: false });
  return {
    ...{ from, to },
    done: all.flatMap(({ isDone, title }) => (isDone ? [title] : [])),
    steps: all.flatMap(({ isDone, ...step }) => (isDone ? [] : [step])),
  };
}

function checkTarget(from: string, to: string, canary: Untrusted | undefined): void {
  if (to === "") throw new Error("TO is missing: name the version to go to, such as TO=1.32.0");
  if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(to) || numbersOf(to) === undefined) {
    throw new Error("TO is no version: it has three numbers, such as TO=1.32.0");
  }
  const there = typeof canary?.version === "string" ? canary.version : undefined;
  if (there !== undefined && there !== to) {
    const way =
      byVersion(there, from) < 0
        ? "let the stack take that way back to its end, or take mesh:istio.canary out"
        : `go there first with TO=${there}, or take mesh:istio.canary out`;
    throw new Error(`the stack has a second control plane already, of Istio ${there}: ${way}`);
  }
  if (to === from) throw new Error(`the stack has Istio ${from} already`);
  if (byVersion(to, from) < 0) {
    throw new Error(
      `Istio ${to} is older than ${from}, which the stack has: go back by reverting the pull requests of the upgrade, the last one first`,
    );
  }
  if (isTooFar(from, to, "beside")) {
    throw new Error(
      `from Istio ${from} to ${to} is too far: Istio supports ${MOST_MINORS.beside} minor versions at a time, so go to one between first`,
    );
  }
}

const named = (istio: Untrusted, from: string, old: string): UpgradeStep => ({
  title: `Istio: name the control plane of ${from}`,
  // A name belongs to its version, which must not change with the project's.
  changes: [...(istio.version === undefined ? [[["version"], from] as const] : []), [["revision"], old]],
  effect: `The same version, under the name ${old}, comes beside the one without a name; gateways and Pods move, and then that one goes.`,
  checks: ["kubectl get namespaces -L istio.io/rev,istio-injection"],
});

const beside = (from: string, to: string, next: string): UpgradeStep => ({
  title: `Istio: ${to} beside ${from}`,
  changes: [
    [["canary", "version"], to],
    [["canary", "revision"], next],
  ],
  effect: `The definitions of Istio's objects become those of ${to}, and its control plane comes; it does nothing yet.`,
  checks: [`kubectl -n istio-system rollout status deployment/istiod-${next}`],
  back: `Objects lose fields that only Istio ${to} defines: take them out first.`,
});

function movedStep(name: string, value: readonly unknown[], next: string, isGateway: boolean): UpgradeStep {
  return {
    title: isGateway ? `Istio: the gateway of ${name} to ${next}` : `Istio: the namespace ${name} to ${next}`,
    changes: [[["canary", "namespaces"], value]],
    effect: isGateway
      ? "The gateway is of the new version, and its Pods are rolled; its Service, and so its load balancer, stays."
      : "Its Pods are rolled, and get sidecars of the new version.",
    checks: [`istioctl proxy-status | grep .${name}   # SYNCED, all of them with istiod-${next}`],
  };
}

/** Tags and the default, where the file names them. */
function tagsOf(istio: Untrusted, old: string, next: string): UpgradeStep | undefined {
  const tags = Object.entries(mapOf(istio.tags)).flatMap(([tag, revision]) => (revision === old ? [tag] : []));
  const isDefault = istio.defaultRevision === old;
  const what = [
    ...(tags.length > 0 ? [`the tag${tags.length > 1 ? "s" : ""} ${list(tags)}`] : []),
    ...(isDefault ? ["validation"] : []),
  ];
  if (what.length === 0) return undefined;
  return {
    title: `Istio: ${list(what)} to ${next}`,
    changes: [
      ...tags.map((tag): Change => [["tags", tag], next]),
      ...(isDefault ? [[["defaultRevision"], next] as const] : []),
    ],
    effect:
      tags.length > 0
        ? `New Pods of namespaces that follow ${tags.length > 1 ? "these tags" : "the tag"} get sidecars of the new version: restart those that run.`
        : `Istio's objects are validated by ${next}.`,
    checks: tags.map((tag) => `kubectl get namespaces -l istio.io/rev=${tag}   # restart their workloads`),
  };
}

const removed = (from: string, old: string, to: string, next: string): UpgradeStep => ({
  title: `Istio: ${to} alone`,
  changes: [
    [["version"], to],
    [["revision"], next],
    [["canary"], undefined],
  ],
  effect: `The control plane of ${from} goes. Before that, nobody may name it: kubectl get namespaces -l istio.io/rev=${old}`,
  checks: ["kubectl -n istio-system get deployments"],
  back: `The control plane of ${from} comes back beside the other one, and does nothing yet: from there, take back the steps before.`,
});
