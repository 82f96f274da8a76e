// Commands in the pods of the mesh: what a container prints, and what a proxy has counted.
import { Writable } from "node:stream";
import { Exec, type KubeConfig, type V1Pod } from "@kubernetes/client-node";
import { countersIn, together, type Counters } from "./counters.ts";

const PROXY = "istio-proxy";

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly failed: boolean;
}

/** Runs a program in a container to its end, however that may be. */
export async function execIn(config: KubeConfig, pod: V1Pod, container: string, command: string[]): Promise<Ended> {
  const [out, err] = [new Collected(), new Collected()];
  const { name = "", namespace = "" } = pod.metadata ?? {};
  return new Promise((resolve, reject) => {
    let ended = false;
    const lost = () => {
      if (!ended) reject(new Error(`the connection to the pod ${namespace}/${name} was lost`));
    };
    new Exec(config)
      .exec(namespace, name, container, command, out, err, null, false, ({ status, message }) => {
        ended = true;
        resolve({ stdout: out.text, stderr: err.text || (message ?? ""), failed: status !== "Success" });
      })
      .then((socket: unknown) => {
        (socket as { onclose?: () => void }).onclose = lost;
      }, reject);
  });
}

class Collected extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

/** What the proxies of the pods have counted, together. */
export async function countersOf(config: KubeConfig, pods: readonly V1Pod[]): Promise<Counters> {
  return together(
    await Promise.all(
      pods.map(async (pod) => {
        const command = ["pilot-agent", "request", "GET", "clusters?format=json"];
        const { stdout, stderr, failed } = await execIn(config, pod, PROXY, command);
        if (failed)
          throw new Error(`cannot read the statistics of the proxy of ${pod.metadata?.name ?? ""}: ${stderr.trim()}`);
        return countersIn(stdout);
      }),
    ),
  );
}
