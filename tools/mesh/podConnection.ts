// Connections to the pods behind a Service, through the cluster's API, wherever the cluster is.
import { Duplex, PassThrough } from "node:stream";
import { CoreV1Api, PortForward, type KubeConfig } from "@kubernetes/client-node";

/** Makes connections to a port of a Service, each to a pod that is ready then. */
export function podConnections(
  config: KubeConfig,
  namespace: string,
  name: string,
  port: number,
): () => Promise<Duplex> {
  const api = config.makeApiClient(CoreV1Api);
  const forward = new PortForward(config);
  return async () => {
    const { spec } = await api.readNamespacedService({ namespace, name });
    const targetPort = spec?.ports?.find((candidate) => candidate.port === port)?.targetPort ?? port;
    const labelSelector = Object.entries(spec?.selector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(",");
    const { items } = await api.listNamespacedPod({ namespace, labelSelector });
    // One that is about to go may be ready to its end.
    const pod = items.find(
      ({ metadata, status }) =>
        metadata?.deletionTimestamp === undefined &&
        status?.conditions?.some((c) => c.type === "Ready" && c.status === "True"),
    );
    if (!pod) throw new Error(`no Pod of ${namespace}/${name} is ready`);
    const [up, down] = [new PassThrough(), new PassThrough()];
    const duplex = Duplex.from({ writable: up, readable: down });
    const podName = pod.metadata?.name ?? "";
    const socket: unknown = await forward.portForward(namespace, podName, [Number(targetPort)], down, null, up);
    (socket as { onclose?: () => void }).onclose = () => duplex.destroy();
    return duplex;
  };
}
