// The mesh that is looked at: what is declared, and the places from which requests can be sent.
import { CoreV1Api, type KubeConfig, type V1Pod } from "@kubernetes/client-node";
import type { AddonPlace } from "../components/observability/addon.ts";
import { portForwardsOf, type PortForwards } from "../tools/mesh/portForwards.ts";
import { outputsOf, type Stack } from "../tools/stack/stack.ts";
import { kubeConfigOf } from "../tools/stack/target.ts";
import { declaredOf, type Declared } from "./declared.ts";
import { withLiveWeights } from "./liveWeights.ts";

export interface Mesh {
  readonly config: KubeConfig;
  readonly declared: Declared;
  /** The pod from which requests are sent inside; undefined where the stack has none. */
  readonly client: { readonly pod: V1Pod; readonly container: string } | undefined;
  readonly ingress: { readonly namespace: string; readonly pods: readonly V1Pod[] };
  readonly portForwards: PortForwards;
  readonly bookinfo: { readonly namespace: string; readonly host: string; readonly path: string } | undefined;
  /** Where the mesh's metrics are, if the stack has them. */
  readonly prometheus: AddonPlace | undefined;
}

interface Outputs {
  readonly ingress?: { readonly namespace: string; readonly service: string };
  readonly bookinfo?: { readonly namespace: string; readonly host: string; readonly path: string };
  readonly observability?: { readonly prometheus?: AddonPlace };
}

const CLIENT = "sleep";

/** @throws Error if the stack is not up */
export async function meshOf(stack: Stack): Promise<Mesh> {
  const { ingress, bookinfo, observability } = (await outputsOf(stack)) as Outputs;
  if (!ingress) throw new Error(`the stack ${stack.name} is not deployed: run \`make up\``);
  const config = kubeConfigOf(stack.target);
  const api = config.makeApiClient(CoreV1Api);
  const service = await api.readNamespacedService({ namespace: ingress.namespace, name: ingress.service });
  const [declared, pods, client, portForwards] = await Promise.all([
    declaredOf(stack),
    readyPods(api, ingress.namespace, service.spec?.selector ?? {}),
    bookinfo ? readyPods(api, bookinfo.namespace, { app: CLIENT }) : [],
    portForwardsOf(stack, ingress),
  ]);
  const [pod] = client;
  return {
    config,
    declared: await withLiveWeights(config, declared),
    client: pod && { pod, container: CLIENT },
    ingress: { namespace: ingress.namespace, pods },
    portForwards,
    bookinfo,
    prometheus: observability?.prometheus,
  };
}

/** The pods with the labels that take requests. */
export async function readyPods(
  api: CoreV1Api,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Promise<V1Pod[]> {
  const labelSelector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const { items } = await api.listNamespacedPod({ namespace, labelSelector });
  return items.filter(
    ({ metadata, status }) =>
      metadata?.deletionTimestamp === undefined &&
      status?.conditions?.some(({ type, status: holds }) => type === "Ready" && holds === "True") === true,
  );
}
