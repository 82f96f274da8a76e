// Pods that say what they have seen, and pods that ask them, in and beside the mesh.
import { spawn } from "node:child_process";
import { kubectlArgs } from "../../../testbed/kubectlArgs.ts";
import type { Request } from "../../../istio/routing/request.ts";
import { authorityOf } from "../../../istio/routing/request.ts";
import { CALLER, ECHO } from "./programs.ts";

export const HOME = "sim";

/** Who asks: each namespace has one caller. That of `bare` has no sidecar. */
export const CALLERS = [HOME, "elsewhere", "narrow", "bare"] as const;
export type Caller = (typeof CALLERS)[number];

const VERSIONS = ["v1", "v2", "v3"] as const;

export function ground(image: string): object[] {
  const pod = (namespace: string, name: string, labels: object, program: string, env: Record<string, string> = {}) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels },
    spec: {
      serviceAccountName: name.replace(/-v\d$/, ""),
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: "main",
          image,
          imagePullPolicy: "IfNotPresent",
          command: ["node", "-e", program],
          env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
        },
      ],
    },
  });
  const account = (namespace: string, name: string) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
  });
  return [
    ...CALLERS.flatMap((namespace) => [
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: namespace, labels: { "istio-injection": namespace === "bare" ? "disabled" : "enabled" } },
      },
      account(namespace, "caller"),
      pod(
        namespace,
        "caller",
        { app: "caller", team: namespace },
        "setInterval(() => {}, 1e6); process.on('SIGTERM', () => process.exit(0))",
      ),
    ]),
    ...["echo", "guarded"].flatMap((app) => [
      account(HOME, app),
      ...(app === "echo" ? VERSIONS : (["v1"] as const)).map((version) =>
        pod(HOME, `${app}-${version}`, { app, version }, ECHO, { VERSION: version }),
      ),
    ]),
    pod(HOME, "bare-echo-v1", { app: "bare-echo", version: "v1", "sidecar.istio.io/inject": "false" }, ECHO, {
      VERSION: "v1",
    }),
    account(HOME, "bare-echo"),
  ].toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

const ORDER = ["Namespace", "ServiceAccount", "Pod"];

/** A service of the pods that answer. */
export const service = (name: string, more: object = {}, selector: object = { app: "echo" }): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: HOME },
  spec: { selector, ports: [{ name: "http", port: 8080 }], ...more },
});

export interface Answer {
  readonly status?: number;
  readonly location?: string;
  readonly body?: string;
  readonly problem?: string;
  readonly milliseconds: number;
}

/** A request, and to which address it goes, whatever it says that it wants. */
export interface Sending {
  readonly request: Request;
  readonly to: string;
}

/**
 * Sends the requests from a caller's pod, and returns the answers in their order.
 * @param width - how many at a time
 */
export async function send(
  kubeconfig: string,
  caller: Caller,
  requests: readonly Sending[],
  width = 16,
): Promise<Answer[]> {
  const all = requests.map(({ request, to }) => ({
    to,
    port: request.port,
    method: request.method,
    path: request.path,
    headers: { ...request.headers, host: authorityOf(request) },
  }));
  const args = ["-n", caller, "exec", "-i", "caller", "-c", "main", "--", "node", "-e", CALLER];
  const child = spawn("kubectl", kubectlArgs(kubeconfig, ...args), { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(JSON.stringify({ all, width }));
  const status = await new Promise((resolve) => child.on("close", resolve));
  if (status !== 0) throw new Error(`the caller in ${caller} ended with ${String(status)}: ${output.slice(0, 500)}`);
  return JSON.parse(output) as Answer[];
}
