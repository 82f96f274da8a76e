// Istio's own sample of a service that decides about requests, built from its Go module: it lets those pass that ask nicely.
import { openSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../lib/process.ts";
import { run } from "../../lib/run.ts";
import { kubectlArgs } from "../../testbed/kubectlArgs.ts";
import type { Inside } from "./insideCalls.ts";

/** Where it answers, by HTTP and by gRPC. */
export const EXT_AUTHZ = { service: "ext-authz.auth.svc.cluster.local", http: 8000, grpc: 9000 } as const;

const NAMESPACE = "auth";
const POD = ["-n", NAMESPACE, "exec", "-i", "ext-authz", "--"];

/** Starts it in a pod, which goes with the cluster. */
export async function serveExtAuthz(inside: Inside, image: string): Promise<void> {
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
            command: ["/bin/sh", "-c", "until [ -x /tmp/extauthz ]; do sleep 0.2; done; exec /tmp/extauthz"],
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
    const module = join(process.env.ISTIO_SAMPLES ?? "", "..");
    const env = { ...process.env, CGO_ENABLED: "0" };
    await run("go", ["build", "-o", program, "./samples/extauthz/cmd/extauthz"], { cwd: module, env });
    const copy = "cat > /tmp/new && chmod +x /tmp/new && mv /tmp/new /tmp/extauthz";
    const args = kubectlArgs(inside.kubeconfig, ...POD, "/bin/sh", "-c", copy);
    await run("kubectl", args, { stdin: openSync(program, "r") });
  } finally {
    rmSync(folder, { recursive: true });
  }
  await inside.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "pod/ext-authz", "--timeout=60s");
}
