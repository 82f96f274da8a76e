// The cluster's certificates, and the kubeconfigs that carry them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { run } from "../../lib/run.ts";
import { writeWhole } from "../../lib/wholeFile.ts";
import type { Instance } from "../instance.ts";

/** Address of the API server inside the cluster: the first of the Service range. */
const KUBERNETES_SERVICE = "10.96.0.1";

interface Certificate {
  readonly subject: string;
  readonly authority?: "ca" | "front-ca";
  readonly names?: readonly string[];
}

/** Makes every key, certificate and kubeconfig of a new cluster. */
export async function createPki(instance: Instance): Promise<void> {
  const folder = pkiFolder(instance);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const node = instance.nodeAddress;
  const certificates: Record<string, Certificate> = {
    apiserver: {
      subject: "/CN=kube-apiserver",
      names: [
        ...["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"],
        ...["localhost", "127.0.0.1", node, KUBERNETES_SERVICE],
      ],
    },
    "apiserver-kubelet-client": { subject: "/O=system:masters/CN=kube-apiserver-kubelet-client" },
    kubelet: { subject: "/O=system:nodes/CN=system:node:testbed", names: ["testbed", node] },
    admin: { subject: "/O=system:masters/CN=kubernetes-admin" },
    "controller-manager": { subject: "/CN=system:kube-controller-manager", names: ["localhost", "127.0.0.1"] },
    scheduler: { subject: "/CN=system:kube-scheduler", names: ["localhost", "127.0.0.1"] },
    proxy: { subject: "/CN=system:kube-proxy" },
    "front-proxy-client": { subject: "/CN=front-proxy-client", authority: "front-ca" },
  };
  await Promise.all([
    authority(folder, "ca", "/CN=kubernetes-ca"),
    authority(folder, "front-ca", "/CN=front-proxy-ca"),
    serviceAccountKey(folder),
  ]);
  await Promise.all(Object.entries(certificates).map(([name, certificate]) => issue(folder, name, certificate)));

  for (const user of ["kubelet", "controller-manager", "scheduler", "proxy"]) {
    writeKubeconfig(instance, user, join(folder, `${user}.kubeconfig`));
  }
  writeKubeconfig(instance, "admin", instance.kubeconfig);
}

/** The file of the cluster's keys and certificates with this name. */
export const pki = (instance: Instance, file: string): string => join(pkiFolder(instance), file);

const pkiFolder = (instance: Instance): string => join(instance.folder, "pki");

function writeKubeconfig(instance: Instance, user: string, file: string): void {
  const data = (name: string) => readFileSync(pki(instance, name)).toString("base64");
  const cluster = "testbed";
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": cluster,
    clusters: [
      {
        name: cluster,
        cluster: { server: `https://${instance.nodeAddress}:6443`, "certificate-authority-data": data("ca.crt") },
      },
    ],
    users: [
      {
        name: user,
        user: { "client-certificate-data": data(`${user}.crt`), "client-key-data": data(`${user}.key`) },
      },
    ],
    contexts: [{ name: cluster, context: { cluster, user } }],
  };
  writeWhole(file, dump(kubeconfig));
}

async function authority(cwd: string, name: string, subject: string): Promise<void> {
  await key(cwd, name);
  await openssl(cwd, ["req", "-x509", "-new", "-key", `${name}.key`, "-subj", subject, "-days", "3650"], `${name}.crt`);
}

async function issue(cwd: string, name: string, { subject, authority = "ca", names = [] }: Certificate): Promise<void> {
  await key(cwd, name);
  await openssl(cwd, ["req", "-new", "-key", `${name}.key`, "-subj", subject], `${name}.csr`);
  const alternative = names.map((entry) => (/^[\d.]+$/.test(entry) ? `IP:${entry}` : `DNS:${entry}`)).join(",");
  const extensions = [
    "keyUsage=digitalSignature,keyEncipherment",
    "extendedKeyUsage=serverAuth,clientAuth",
    ...(alternative ? [`subjectAltName=${alternative}`] : []),
  ];
  writeFileSync(join(cwd, `${name}.ext`), `${extensions.join("\n")}\n`);
  const serial = `0x${Buffer.from(name).toString("hex").slice(0, 30)}`;
  const signing = ["-CA", `${authority}.crt`, "-CAkey", `${authority}.key`, "-set_serial", serial, "-days", "3650"];
  await openssl(cwd, ["x509", "-req", "-in", `${name}.csr`, ...signing, "-extfile", `${name}.ext`], `${name}.crt`);
}

async function serviceAccountKey(cwd: string): Promise<void> {
  await openssl(cwd, ["genrsa", "-out", "service-account.key", "2048"]);
  await openssl(cwd, ["rsa", "-in", "service-account.key", "-pubout"], "service-account.pub");
}

const key = (cwd: string, name: string) =>
  openssl(cwd, ["ecparam", "-name", "prime256v1", "-genkey", "-noout"], `${name}.key`);

async function openssl(cwd: string, args: string[], out?: string): Promise<void> {
  await run("openssl", [...args, ...(out ? ["-out", out] : [])], { cwd });
}
