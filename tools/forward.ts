// Publishes a port of a Service on this machine's loopback, through the cluster's API. Runs until it is ended:
// forward.ts <stack> <namespace> <service> <port>
import { writeFileSync } from "node:fs";
import { PassThrough, Duplex } from "node:stream";
import { CoreV1Api, PortForward } from "@kubernetes/client-node";
import { publish } from "../lib/publish";
import { portFile } from "./mesh/entrance";
import { stackFolder } from "./stack/stack";
import { kubeConfigOf, rememberedTarget } from "./stack/target";

const PREFERRED_PORT = 8080;

async function main([stack = "", namespace = "", name = "", port = ""]: string[]): Promise<void> {
  const target = rememberedTarget(stackFolder(stack));
  if (!target) throw new Error(`the stack ${stack} runs nowhere`);
  const config = kubeConfigOf(target);
  const api = config.makeApiClient(CoreV1Api);
  const forward = new PortForward(config);

  const connect = async (): Promise<Duplex> => {
    const { spec } = await api.readNamespacedService({ namespace, name });
    const targetPort = spec?.ports?.find((candidate) => candidate.port === Number(port))?.targetPort ?? Number(port);
    const labelSelector = Object.entries(spec?.selector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(",");
    const { items } = await api.listNamespacedPod({ namespace, labelSelector });
    const pod = items.find(({ status }) => status?.conditions?.some((c) => c.type === "Ready" && c.status === "True"));
    if (!pod) throw new Error(`no pod of ${namespace}/${name} is ready`);
    const [up, down] = [new PassThrough(), new PassThrough()];
    const duplex = Duplex.from({ writable: up, readable: down });
    const podName = pod.metadata?.name ?? "";
    const socket: unknown = await forward.portForward(namespace, podName, [Number(targetPort)], down, null, up);
    (socket as { onclose?: () => void }).onclose = () => duplex.destroy();
    return duplex;
  };
  writeFileSync(portFile(stack), String(await publish(PREFERRED_PORT, connect)));
}

void main(process.argv.slice(2));
