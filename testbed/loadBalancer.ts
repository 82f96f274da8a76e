// The testbed's load balancer: gives Services of type LoadBalancer an address of the node, and publishes their ports 80
// and 443 on this machine's loopback. Runs as a process of its own beside the node: loadBalancer.ts <name of the instance>
import { connect } from "node:net";
import { CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions, type V1Service } from "@kubernetes/client-node";
import { sleep } from "../lib/process.ts";
import { publish } from "../lib/publish.ts";
import { findInstance, type Instance } from "./instance.ts";
import { holderOf, inNode } from "./node/namespaces.ts";
import { savePublishedPorts, type Published } from "./publishedPorts.ts";

/** Where a Service's port is published first; a later one takes the next free port. */
const PUBLISHED: Readonly<Record<number, number>> = { 80: 8080, 443: 8443 };
const FIRST_ADDRESS = 100;
const LAST_ADDRESS = 199;

async function serve(instance: Instance): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(instance.kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const published: Published = {};
  // The load balancer goes when the node goes.
  while (holderOf(instance) !== undefined) {
    try {
      const { items } = await api.listServiceForAllNamespaces();
      const services = items.filter(({ spec }) => spec?.type === "LoadBalancer");
      const used = new Set(services.map(addressOf));
      for (const service of services) {
        const address = addressOf(service) ?? (await assign(instance, api, service, used));
        used.add(address);
        await publishPorts(service, address, published);
      }
      savePublishedPorts(instance, published);
    } catch (error) {
      console.error(new Date().toISOString(), (error as Error).message);
    }
    await sleep(300);
  }
}

async function assign(
  instance: Instance,
  api: CoreV1Api,
  { metadata }: V1Service,
  used: ReadonlySet<string | undefined>,
): Promise<string> {
  const network = instance.nodeAddress.replace(/\.\d+$/, "");
  let last = FIRST_ADDRESS;
  while (used.has(`${network}.${last}`)) last++;
  if (last > LAST_ADDRESS) throw new Error("the testbed has no load balancer address left");
  const ip = `${network}.${last}`;
  await inNode(instance, "ip", ["address", "replace", `${ip}/32`, "dev", "eth0"]);
  await api.patchNamespacedServiceStatus(
    {
      name: metadata?.name ?? "",
      namespace: metadata?.namespace ?? "",
      body: { status: { loadBalancer: { ingress: [{ ip }] } } },
    },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
  );
  return ip;
}

async function publishPorts(service: V1Service, host: string, published: Published): Promise<void> {
  for (const { port } of service.spec?.ports ?? []) {
    const preferred = PUBLISHED[port];
    const key = `${service.metadata?.namespace ?? ""}/${service.metadata?.name ?? ""}:${port}`;
    if (preferred === undefined || published[key] !== undefined) continue;
    published[key] = await publish(preferred, () => connect({ host, port }));
  }
}

const addressOf = (service: V1Service): string | undefined => service.status?.loadBalancer?.ingress?.[0]?.ip;

if (import.meta.main) {
  const instance = findInstance(process.argv[2] ?? "");
  if (!instance) throw new Error("usage: loadBalancer.ts <name of a testbed of this checkout>");
  void serve(instance);
}
