// Istio's own sample of a service that decides about requests, built from its Go module: it lets those pass that ask nicely.
import { openSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../lib/process.ts";
import { run } from "../../lib/run.ts";
import { kubectlArgs } from "../../testbed/kubectlArgs.ts";
import type { Inside } from "./insideCalls.ts";
import { imageWithNode } from "./outsideHost.ts";

/** Where it answers, by HTTP and by gRPC. */
export const EXT_AUTHZ = { service: "ext-authz.auth.svc.cluster.local", http: 8000, grpc: 9000 } as const;

const NAMESPACE = "auth";
const POD = ["-n", NAMESPACE, "exec", "-i", "ext-authz", "--"];

/** Where the version of Istio's module is pinned. */
const pins = join(import.meta.dirname, "../../testbed/programs/istio");

/** Programs of the pod, in an image that has Node.js and little else: one brings the server there, the other runs it. */
const COPY = `const fs = require("fs");
fs.writeFileSync("/tmp/new", fs.readFileSync(0), { mode: 0o755 });
fs.renameSync("/tmp/new", "/tmp/extauthz");`;
const RUN = `const timer = setInterval(() => {
  if (!require("fs").existsSync("/tmp/extauthz")) return;
  clearInterval(timer);
  require("child_process").spawn("/tmp/extauthz", { stdio: "inherit" });
}, 200);`;

/** Starts it in a pod, which goes with the cluster. */
export async function serveExtAuthz(inside: Inside): Promise<void> {
  const image = await imageWithNode(inside);
  for (const object of [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "ext-authz", namespace: NAMESPACE },
      spec: {
        selector: { app: "ext-authz" },
        ports: [
          { name: "http", port: EXT_AUTHZ.http },
          { name: "grpc", port: EXT_AUTHZ.grpc },
        ],
      },
    },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "ext-authz", namespace: NAMESPACE, labels: { app: "ext-authz" } },
      spec: {
        containers: [
          {
            name: "server",
            image,
            imagePullPolicy: "IfNotPresent",
            command: ["node", "-e", RUN],
            readinessProbe: { tcpSocket: { port: EXT_AUTHZ.grpc }, periodSeconds: 1 },
          },
        ],
      },
    },
  ]) {
    await inside.apply(object);
  }
  await until("the pod of the server that decides", 60, async () => {
    const phase = await inside.kubectl("-n", NAMESPACE, "get", "pod", "ext-authz", "-o", "jsonpath={.status.phase}");
    return phase === "Running";
  });
  const folder = mkdtempSync(join(tmpdir(), "ext-authz-"));
  try {
    const program = join(folder, "extauthz");
    const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
    await run("go", ["build", "-o", program, "istio.io/istio/samples/extauthz/cmd/extauthz"], { cwd: pins, env });
    const args = kubectlArgs(inside.kubeconfig, ...POD, "node", "-e", COPY);
    await run("kubectl", args, { stdin: openSync(program, "r") });
  } finally {
    rmSync(folder, { recursive: true });
  }
  await inside.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "pod/ext-authz", "--timeout=60s");
}
