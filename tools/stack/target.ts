// The cluster that a stack runs on: one that the user has, one on EKS, or the testbed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { readKubeconfig } from "../../components/cluster/readKubeconfig.ts";
import { isEncrypted } from "../../lib/schema/problems.ts";
import { decoded } from "../../settings/parse.ts";
import { say } from "../../lib/progress.ts";
import { writeWhole } from "../../lib/wholeFile.ts";
import { obstacle, testbedUp } from "../../testbed/cluster.ts";
import { findInstance, type Instance } from "../../testbed/instance.ts";
import { testbedOverlay } from "../../testbed/overlay.ts";
import { kubernetesClient } from "./kubernetesClient.ts";

export type Target =
  | { readonly kind: "existing"; readonly kubeconfig?: string | undefined; readonly context?: string | undefined }
  | EksTarget
  | TestbedTarget;

/** The stack makes the cluster, or another stack has made it: where it is, the stack's outputs say. */
export interface EksTarget {
  readonly kind: "eks";
  /** The file in which the tools keep the kubeconfig, once there is a cluster. */
  readonly kubeconfig: string;
}

export interface TestbedTarget {
  readonly kind: "testbed";
  readonly name: string;
}

/** Contexts of local clusters on which a Service of type LoadBalancer would wait for its address for ever. */
const WITHOUT_LOAD_BALANCER = /^(kind-|minikube$)/;

/** The stack that takes whatever cluster there is, or the testbed. */
const LOCAL = "local";

const NAME_ONE = "set a cluster under mesh:cluster, or set CONTEXT";

interface Wish {
  readonly stack: string;
  /** The stack whose file says the settings; itself by default. */
  readonly settingsOf?: string;
  /** Where the tools keep what belongs to the stack. */
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The context that was asked for on the command line. */
  readonly context: string | undefined;
}

/**
 * The cluster for the stack: the one it already runs on, else the context asked for, else the stack file's, else the testbed.
 * @throws Error with the way out if there is none, or another one than asked for
 */
export function chooseTarget({ stack, settingsOf = stack, folder, config, context }: Wish): Target {
  const asked: Target | undefined =
    context === undefined ? declared(decoded(config["mesh:cluster"]), folder) : { kind: "existing", context };
  const running = rememberedTarget(folder);
  if (running) {
    if (context !== undefined && (running.kind !== "existing" || running.context !== context)) {
      throw new Error(
        `this stack runs on ${described(running)}; run \`make down\` before you move it to the context ${context}`,
      );
    }
    // An earlier version of the tools put any stack there.
    if (running.kind === "testbed" && settingsOf !== LOCAL) {
      throw new Error(
        `this stack was deployed to the testbed, which is only for the stack ${LOCAL}: run \`make down STACK=${stack}\`, and ${NAME_ONE}`,
      );
    }
    return running;
  }
  if (asked) {
    // An unknown context is said now, before anything is remembered.
    if (asked.kind === "existing") kubeConfigOf(asked);
    return asked;
  }
  // A key that was lost must not put the stack on another cluster than it was written for.
  if (settingsOf !== LOCAL) {
    throw new Error(
      `Pulumi.${settingsOf}.yaml does not set the cluster of the stack: ${NAME_ONE}; only the stack ${LOCAL} needs none`,
    );
  }
  const reason = obstacle();
  if (reason === undefined) return { kind: "testbed", name: stack };
  throw new Error(
    [
      `no cluster is configured: CONTEXT is not set, Pulumi.${settingsOf}.yaml sets none under mesh:cluster, and ${reason}.`,
      "With Docker, create one with these two commands:",
      "  kind create cluster --name mesh",
      "  make up CONTEXT=kind-mesh",
    ].join("\n"),
  );
}

/** Remembers the cluster until `forgetTarget`, so that no later run takes another one by mistake. */
export function rememberTarget(folder: string, target: Target): void {
  writeWhole(join(folder, "target.json"), JSON.stringify(target));
}

/** @throws Error with the way out where what was remembered is not whole */
export function rememberedTarget(folder: string): Target | undefined {
  const file = join(folder, "target.json");
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Target;
  } catch {
    throw new Error(
      `${file}, which records the cluster of the stack, is truncated: remove it, and run \`make up\` with the original CONTEXT`,
    );
  }
}

/** Makes sure that the cluster is there; returns what the stack file has to say for it. */
export async function readyTarget(target: Target): Promise<Record<string, unknown>> {
  if (target.kind === "testbed") {
    const { instance, programs } = await testbedUp(target.name);
    return testbedOverlay(instance, programs.istioModule);
  }
  if (target.kind === "eks") return {};
  const { kubeconfig, context } = target;
  const cluster = { ...(kubeconfig && { kubeconfig }), ...(context && { context }) };
  if (!WITHOUT_LOAD_BALANCER.test(context ?? "")) return { "mesh:cluster": cluster };
  say(`${context ?? ""} has no load balancer of its own: the ingress gateway becomes a NodePort Service`);
  return { "mesh:cluster": cluster, "mesh:istio": { ingressGateway: { type: "NodePort" } } };
}

/**
 * Access to the cluster's API.
 * @throws Error where the cluster is still to be made
 */
export function kubeConfigOf(target: Target): KubeConfig {
  if (!isThere(target)) throw new Error("the stack has no cluster yet: run `make up`");
  const { kubeconfig, context } = accessOf(target);
  const { KubeConfig } = kubernetesClient();
  const config = new KubeConfig();
  config.loadFromString(JSON.stringify(readKubeconfig(kubeconfig, context)));
  return config;
}

/** By which programs reach the cluster; what is undefined, they choose as kubectl does. */
export const accessOf = (target: Target): { kubeconfig: string | undefined; context: string | undefined } => ({
  kubeconfig: target.kind === "testbed" ? instanceOf(target).kubeconfig : target.kubeconfig,
  context: target.kind === "existing" ? target.context : undefined,
});

/** Access to what every cluster has: pods, nodes, Secrets. */
export const coreApiOf = (target: Target): CoreV1Api =>
  kubeConfigOf(target).makeApiClient(kubernetesClient().CoreV1Api);

/** Whether there is a cluster to ask already. */
export const isThere = (target: Target): boolean => target.kind !== "eks" || existsSync(target.kubeconfig);

export function instanceOf(target: TestbedTarget): Instance {
  const instance = findInstance(target.name);
  if (!instance) throw new Error("the testbed does not exist: run `make up`");
  return instance;
}

function declared(cluster: unknown, folder: string): Target | undefined {
  if (typeof cluster !== "object" || cluster === null) return undefined;
  if (isEncrypted(cluster) || Object.values(cluster).some(isEncrypted)) {
    throw new Error("mesh:cluster is a secret, but the tools must read it: store it in plain text");
  }
  if ("eks" in cluster || "stackReference" in cluster) return { kind: "eks", kubeconfig: join(folder, "kubeconfig") };
  const { kubeconfig, context } = cluster as { kubeconfig?: string; context?: string };
  return { kind: "existing", kubeconfig, context };
}

/** The target in words. */
export function described(target: Target): string {
  if (target.kind === "testbed") return "the testbed";
  return target.kind === "eks" ? "EKS" : `the context ${target.context ?? "that is current"}`;
}
