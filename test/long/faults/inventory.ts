// What the engine's state knows against what is in the cluster.
import { expect } from "vitest";
import type { Clone } from "../../e2e/clone.ts";
import { run } from "../../../lib/run.ts";
import type { Ground } from "./ground.ts";

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly { readonly manager: string }[];
}
interface Item {
  readonly kind: string;
  readonly metadata: Metadata;
}
interface Kept {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  /** Whether the program only looks at it. */
  readonly external?: boolean;
}
interface State {
  readonly deployment: { readonly resources?: readonly Kept[]; readonly pending_operations?: readonly unknown[] };
}

const RELEASE = "kubernetes:helm.sh/v3:Release";
/** Helm's key for an object's release. */
const OF_RELEASE = "meta.helm.sh/release-name";

const named = (kind: string, { namespace, name }: Metadata) => `${kind} ${namespace ? `${namespace}/` : ""}${name}`;

/**
 * Holds state and cluster to each other: what the engine or helm has made is in the state once, what is in the state is there,
 * each release is at rest, and what the program declares is all of it.
 * @returns how many resources there are
 */
export async function holdsTogether(ground: Ground, clone: Clone, stack: string): Promise<number> {
  const { deployment } = JSON.parse(
    (await clone.makeWell("-s", "pulumi", `STACK=${stack}`, "ARGS=stack export")).stdout,
  ) as State;
  expect(deployment.pending_operations ?? []).toEqual([]);
  const resources = deployment.resources ?? [];
  const kept = resources.filter(
    ({ type, id, external = false }) => type.startsWith("kubernetes:") && id !== undefined && !external,
  );
  const objects = kept
    .filter(({ type }) => type !== RELEASE)
    .map(({ type, id = "" }) => `${type.split(":").pop() ?? ""} ${id}`);
  const releases = kept.filter(({ type }) => type === RELEASE).map(({ id = "" }) => id);
  expect(new Set(resources.map(({ urn }) => urn)).size).toBe(resources.length);

  const items = await everything(ground);
  const made = items.filter(({ metadata }) => metadata.managedFields?.some(({ manager }) => isEngine(manager)));
  expect([...new Set(made.map(({ kind, metadata }) => named(kind, metadata)))].sort()).toEqual(objects.sort());

  const list = await run("helm", ["list", "-A", "-a", "-o", "json", "--kubeconfig", ground.instance.kubeconfig]);
  const installed = JSON.parse(list) as readonly { name: string; namespace: string; status: string }[];
  expect(installed.map(({ name, namespace }) => `${namespace}/${name}`).sort()).toEqual(releases.sort());
  expect(installed.filter(({ status }) => status !== "deployed")).toEqual([]);
  const names = installed.map(({ name }) => name);
  const strays = items.filter(({ metadata }) => {
    const release = metadata.annotations?.[OF_RELEASE];
    return release !== undefined && !names.includes(release);
  });
  expect(strays.map(({ kind, metadata }) => named(kind, metadata))).toEqual([]);

  await clone.makeWell("-s", "pulumi", `STACK=${stack}`, "ARGS=preview --refresh --expect-no-changes");
  return resources.length;
}

/** Objects that nobody declared: of some the API server lists several under different names. */
const COPIES = ["events", "events.events.k8s.io", "endpoints", "endpointslices.discovery.k8s.io"];

async function everything(ground: Ground): Promise<Item[]> {
  const kinds = (await ground.kubectl("api-resources", "--verbs=list", "-o", "name")).split("\n");
  const asked = kinds.filter((kind) => !COPIES.includes(kind) && !kind.endsWith(".metrics.k8s.io"));
  const json = await ground.kubectl("get", asked.join(","), "-A", "--show-managed-fields", "-o", "json");
  return (JSON.parse(json) as { items: Item[] }).items;
}

const isEngine = (manager: string): boolean => manager.startsWith("pulumi-kubernetes");
