// A host outside the mesh and the cluster: a server of the test's own, on the machine's end of the link to the node.
import { createServer, type Server } from "node:http";
import type { Inside } from "./insideCalls";

const DNS = ["-n", "kube-system"];

export class OutsideHost {
  private constructor(
    private readonly server: Server,
    /** Requests that have arrived, by the address that they came from. */
    readonly arrived: string[],
  ) {}

  /** Serves the name on the address, and tells the cluster's DNS. */
  static async serve(inside: Inside, name: string, address: string): Promise<OutsideHost> {
    const arrived: string[] = [];
    const server = createServer((request, response) => {
      arrived.push(request.socket.remoteAddress ?? "");
      response.end("outside");
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(80, address, resolve);
    });
    const corefile = await inside.kubectl(...DNS, "get", "configmap", "coredns", "-o", "jsonpath={.data.Corefile}");
    const known = corefile.replace(
      "  kubernetes ",
      `  hosts {\n    ${address} ${name}\n    fallthrough\n  }\n  kubernetes `,
    );
    await tell(inside, known);
    return new OutsideHost(server, arrived);
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function tell(inside: Inside, corefile: string): Promise<void> {
  const patch = JSON.stringify({ data: { Corefile: corefile } });
  await inside.kubectl(...DNS, "patch", "configmap", "coredns", "--type=merge", "-p", patch);
  // A new pod reads it at once.
  await inside.kubectl(...DNS, "delete", "pod", "-l", "k8s-app=kube-dns");
  await inside.kubectl(...DNS, "rollout", "status", "deployment/coredns");
}
