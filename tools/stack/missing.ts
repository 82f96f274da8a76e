// Objects of the stack that somebody has deleted by hand. The engine sees that of its own in a refresh. It knows a chart's release
// as one thing, whose values have not changed: helm, which keeps what the release is made of, puts those back.
import { delimiter } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { say, step } from "../../lib/progress.ts";
import { repeatedly } from "../../lib/repeatedly.ts";
import { run } from "../../lib/run.ts";
import { decode } from "../../testbed/pulumi/kubernetes/release/stored.ts";
import { helmFolder } from "../programs/programs.ts";
import { lookup } from "./lookup.ts";
import type { Stack } from "./stack.ts";
import { chosenBy } from "./stackName.ts";
import { stateOf, type Resource } from "./state.ts";
import { accessOf, coreApiOf, isThere, type Target } from "./target.ts";

const RELEASE = "kubernetes:helm.sh/v3:Release";

/** So many objects are asked for at once: a cluster far away takes its time for each. */
const AT_ONCE = 20;

/** It learns from the cluster which kinds there are, once. */
type IsIn = ReturnType<typeof lookup>;

interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  readonly objects: readonly KubernetesObject[];
}

/** Puts back what is missing of the stack's releases, in the order in which they were made. */
export async function restoreReleases(stack: Stack): Promise<void> {
  if (!isThere(stack.target)) return;
  const isIn = lookup(stack.target);
  for (const release of await deployed(stack, await resourcesOf(stack))) {
    const missing = await missingOf(isIn, release.objects, release.namespace);
    if (missing.length === 0) continue;
    const { name, namespace, revision } = release;
    say(`the release ${name} lacks ${missing.join(", ")}, which somebody deleted`);
    // Back to the revision that there is: helm makes what is not there, and needs no chart for it.
    const args = ["rollback", name, String(revision), "--namespace", namespace, "--wait", ...clusterArgs(stack.target)];
    const PATH = [await helmFolder(), process.env.PATH].filter(Boolean).join(delimiter);
    await step(`restoring the release ${name}`, () => run("helm", args, { env: { ...stack.env, PATH } }));
  }
}

/** Says what is missing: nothing in the stack file has changed, so the engine looks at none of it. */
export async function sayMissing(stack: Stack): Promise<void> {
  const { name, target } = stack;
  // What a stack on EKS has made besides is in AWS; a cluster that does not let these tools look has no say.
  if (!isThere(target)) return;
  const missing = await missingFrom(stack).catch(() => []);
  if (missing.length === 0) return;
  const command = `make up${chosenBy(name)} ARGS=--refresh`;
  say(`somebody deleted by hand: ${missing.join(", ")}; \`${command}\` puts them back`);
}

async function missingFrom(stack: Stack): Promise<string[]> {
  const resources = await resourcesOf(stack);
  const own = resources.flatMap(({ type, inputs }) =>
    type.startsWith("kubernetes:") && inputs?.apiVersion && inputs.metadata?.name ? [inputs] : [],
  );
  const isIn = lookup(stack.target);
  const missing = await missingOf(isIn, own, "");
  for (const { objects, namespace } of await deployed(stack, resources)) {
    missing.push(...(await missingOf(isIn, objects, namespace)));
  }
  return missing;
}

const resourcesOf = async ({ name, env }: Stack): Promise<readonly Resource[]> =>
  (await stateOf(name, env))?.deployment?.resources ?? [];

/** What is deployed of the releases among the resources. */
async function deployed({ target }: Stack, resources: readonly Resource[]): Promise<Release[]> {
  const labelSelector = "owner=helm,status=deployed";
  const { items } = await coreApiOf(target).listSecretForAllNamespaces({ labelSelector });
  const kept = new Map(
    items.map(({ metadata, data }) => [`${metadata?.namespace ?? ""}/${metadata?.labels?.name ?? ""}`, data?.release]),
  );
  return resources.flatMap(({ type, id = "" }) => {
    const data = type === RELEASE ? kept.get(id) : undefined;
    return data === undefined ? [] : [releaseIn(data)];
  });
}

function releaseIn(data: string): Release {
  const { status, objects } = decode(data);
  const { name, namespace, revision } = status;
  return { name: String(name), namespace: String(namespace), revision: Number(revision), objects };
}

/** The objects that are not there, by kind and name. */
async function missingOf(isIn: IsIn, objects: readonly KubernetesObject[], namespace: string): Promise<string[]> {
  const missing = await repeatedly(objects.length, AT_ONCE, async (index) => {
    const { apiVersion = "", kind = "", metadata = {} } = objects[index] ?? {};
    const place = { name: metadata.name ?? "", namespace: metadata.namespace ?? namespace };
    return (await isIn({ apiVersion, kind, metadata: place })) ? [] : [`${kind} ${place.name}`];
  });
  return missing.flat();
}

function clusterArgs(target: Target): string[] {
  const { kubeconfig, context } = accessOf(target);
  return [...(kubeconfig ? ["--kubeconfig", kubeconfig] : []), ...(context ? ["--kube-context", context] : [])];
}
