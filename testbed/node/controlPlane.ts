// etcd and the control plane of Kubernetes, as processes of the node.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../lib/process.ts";
import { outcomeOf } from "../../lib/run.ts";
import type { Programs } from "../parts.ts";
import type { Instance } from "../instance.ts";
import { kubectlArgs } from "../kubectlArgs.ts";
import { lastWords, startInNode } from "./namespaces.ts";
import { pki } from "./pki.ts";

export const POD_CIDR = "10.244.0.0/24";
export const SERVICE_CIDR = "10.96.0.0/16";
export const DNS_ADDRESS = "10.96.0.10";

/** Where the API server writes each request down, once it has been answered; one JSON object a line. */
export const auditLog = (instance: Instance): string => join(instance.folder, "log", "audit.log");

/**
 * Starts etcd, the API server, the controller manager and the scheduler; returns once the API answers.
 * @param audited whether the API server keeps its audit log
 */
export async function startControlPlane(instance: Instance, programs: Programs, audited: boolean): Promise<void> {
  const kubernetes = (name: string) => join(programs.kubernetes, name);
  const file = (name: string) => pki(instance, name);
  const data = (name: string) => join(instance.folder, name);

  startInNode(instance, "etcd", join(programs.etcd, "etcd"), [
    `--data-dir=${data("etcd")}`,
    "--listen-client-urls=http://127.0.0.1:2379",
    "--advertise-client-urls=http://127.0.0.1:2379",
    "--listen-peer-urls=http://127.0.0.1:2380",
    // The cluster does not outlive the machine, so there is nothing to gain from waiting for the disk.
    "--unsafe-no-fsync",
    "--log-level=warn",
  ]);
  startInNode(instance, "kube-apiserver", kubernetes("kube-apiserver"), [
    "--etcd-servers=http://127.0.0.1:2379",
    "--secure-port=6443",
    `--advertise-address=${instance.nodeAddress}`,
    `--service-cluster-ip-range=${SERVICE_CIDR}`,
    "--authorization-mode=Node,RBAC",
    "--enable-admission-plugins=NodeRestriction",
    "--allow-privileged=true",
    `--cert-dir=${data("apiserver")}`,
    `--client-ca-file=${file("ca.crt")}`,
    `--tls-cert-file=${file("apiserver.crt")}`,
    `--tls-private-key-file=${file("apiserver.key")}`,
    `--kubelet-certificate-authority=${file("ca.crt")}`,
    `--kubelet-client-certificate=${file("apiserver-kubelet-client.crt")}`,
    `--kubelet-client-key=${file("apiserver-kubelet-client.key")}`,
    "--kubelet-preferred-address-types=InternalIP",
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-key-file=${file("service-account.pub")}`,
    `--service-account-signing-key-file=${file("service-account.key")}`,
    `--requestheader-client-ca-file=${file("front-ca.crt")}`,
    "--requestheader-allowed-names=front-proxy-client",
    "--requestheader-username-headers=X-Remote-User",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    `--proxy-client-cert-file=${file("front-proxy-client.crt")}`,
    `--proxy-client-key-file=${file("front-proxy-client.key")}`,
    ...(audited ? auditArgs(instance) : []),
  ]);
  await apiReady(instance, programs);

  const controller = (name: string) => [
    `--kubeconfig=${file(`${name}.kubeconfig`)}`,
    `--authentication-kubeconfig=${file(`${name}.kubeconfig`)}`,
    `--authorization-kubeconfig=${file(`${name}.kubeconfig`)}`,
    "--bind-address=127.0.0.1",
    `--cert-dir=${data(name)}`,
    "--leader-elect=false",
  ];
  startInNode(instance, "kube-controller-manager", kubernetes("kube-controller-manager"), [
    ...controller("controller-manager"),
    "--use-service-account-credentials=true",
    `--service-account-private-key-file=${file("service-account.key")}`,
    `--root-ca-file=${file("ca.crt")}`,
    `--cluster-signing-cert-file=${file("ca.crt")}`,
    `--cluster-signing-key-file=${file("ca.key")}`,
    "--allocate-node-cidrs=true",
    "--cluster-cidr=10.244.0.0/16",
    `--service-cluster-ip-range=${SERVICE_CIDR}`,
    `--flex-volume-plugin-dir=${data("volume-plugins")}`,
  ]);
  startInNode(instance, "kube-scheduler", kubernetes("kube-scheduler"), controller("scheduler"));
}

function auditArgs(instance: Instance): string[] {
  const policy = join(instance.folder, "audit-policy.json");
  const rules = [{ level: "Metadata", omitStages: ["RequestReceived", "ResponseStarted"] }];
  writeFileSync(policy, JSON.stringify({ apiVersion: "audit.k8s.io/v1", kind: "Policy", rules }));
  return [`--audit-policy-file=${policy}`, `--audit-log-path=${auditLog(instance)}`];
}

/** Whether the API server of the instance answers that it is ready. */
export async function apiAnswers(instance: Instance, programs: Pick<Programs, "kubernetes">): Promise<boolean> {
  const kubectl = join(programs.kubernetes, "kubectl");
  const args = kubectlArgs(instance.kubeconfig, "--request-timeout=3s", "get", "--raw", "/readyz");
  const { exitCode } = await outcomeOf(kubectl, args);
  return exitCode === 0;
}

async function apiReady(instance: Instance, programs: Programs): Promise<void> {
  try {
    await until("the API server", 60, async () => (await apiAnswers(instance, programs)) || undefined);
  } catch (error) {
    throw new Error(
      `the API server does not come up; its last lines:\n${lastWords(instance, "kube-apiserver")}\nand etcd's:\n${lastWords(instance, "etcd")}`,
      { cause: error },
    );
  }
}
