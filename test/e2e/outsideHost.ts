// A host outside the mesh: a server on the node's own address, by a name that the cluster's DNS knows for the test.
import { until } from "../../lib/process.ts";
import type { Inside } from "./insideCalls.ts";

const NAMESPACE = "outside";
const DNS = ["-n", "kube-system"];

/** Starts the server, which goes with the cluster. Any of Bookinfo's services will do; this one answers `/details/0`. */
export async function serveOutside(inside: Inside, name: string): Promise<void> {
  const image = await imageWithNode(inside);
  const objects = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "server", namespace: NAMESPACE, labels: { "sidecar.istio.io/inject": "false" } },
      spec: {
        hostNetwork: true,
        containers: [
          {
            name: "server",
            image,
            command: ["node", "/app/app.cjs", "80"],
            securityContext: { runAsUser: 0 },
            readinessProbe: { httpGet: { path: "/health", port: 80 }, periodSeconds: 1 },
          },
        ],
      },
    },
  ];
  for (const object of objects) await inside.apply(object);
  await until("the server outside the mesh", 60, async () => {
    const ready = "jsonpath={.status.conditions[?(@.type=='Ready')].status}";
    return (await inside.kubectl("-n", NAMESPACE, "get", "pod", "server", "-o", ready)) === "True" || undefined;
  });
  await tellDns(inside, name, await nodeAddress(inside));
}

/** An image of Bookinfo's, in which there is Node.js. */
export const imageWithNode = (inside: Inside): Promise<string> =>
  inside.kubectl(
    ...["-n", "bookinfo", "get", "deployment", "details-v1"],
    ...["-o", "jsonpath={.spec.template.spec.containers[0].image}"],
  );

/** Requests that it has taken, those of the kubelet left out. */
export async function arrivedOutside(inside: Inside): Promise<number> {
  const lines = await inside.kubectl("-n", NAMESPACE, "logs", "server", "--tail=-1");
  return lines.split("\n").filter((line) => line.includes('"path"') && !line.includes('"/health"')).length;
}

export const nodeAddress = (inside: Inside): Promise<string> =>
  inside.kubectl("get", "nodes", "-o", "jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}");

async function tellDns(inside: Inside, name: string, address: string): Promise<void> {
  const corefile = await inside.kubectl(...DNS, "get", "configmap", "coredns", "-o", "jsonpath={.data.Corefile}");
  const known = corefile.replace(
    "  kubernetes ",
    `  hosts {\n    ${address} ${name}\n    fallthrough\n  }\n  kubernetes `,
  );
  const patch = JSON.stringify({ data: { Corefile: known } });
  await inside.kubectl(...DNS, "patch", "configmap", "coredns", "--type=merge", "-p", patch);
  // A new pod reads it at once.
  await inside.kubectl(...DNS, "delete", "pod", "-l", "k8s-app=kube-dns");
  await inside.kubectl(...DNS, "rollout", "status", "deployment/coredns");
}
