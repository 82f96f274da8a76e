// Certificates to try a Gateway out with, where its own Secret is not there: signed by themselves, so that no client trusts
// them by mistake.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { say } from "../../lib/progress.ts";
import { run } from "../../lib/run.ts";
import type { Gateway } from "../../verify/declared.ts";

const LABEL = "mesh/trial-certificate";
const DAYS = 30;

/**
 * Makes the Secrets that the Gateways name and that are not there, and removes those of earlier trials that none names.
 * @param namespace that of the gateway's pods
 */
export async function trialCertificates(
  config: KubeConfig,
  namespace: string,
  gateways: readonly Gateway[],
): Promise<void> {
  const api = config.makeApiClient(CoreV1Api);
  const wanted = new Map(
    gateways
      .flatMap(({ spec }) => spec.servers ?? [])
      .flatMap(({ tls, hosts }) =>
        tls?.mode === "SIMPLE" && tls.credentialName !== undefined ? [[tls.credentialName, hosts] as const] : [],
      ),
  );
  const { items } = await api.listNamespacedSecret({ namespace });
  for (const { metadata } of items) {
    const name = metadata?.name ?? "";
    if (metadata?.labels?.[LABEL] !== undefined && !wanted.has(name))
      await api.deleteNamespacedSecret({ namespace, name });
  }
  for (const [name, hosts] of wanted) {
    if (items.some(({ metadata }) => metadata?.name === name)) continue;
    say(`the Secret ${namespace}/${name} does not exist: using a self-signed certificate instead`);
    const { key, certificate } = await selfSigned(hosts);
    const body = {
      metadata: { name, labels: { [LABEL]: "true" } },
      type: "kubernetes.io/tls",
      stringData: { "tls.key": key, "tls.crt": certificate },
    };
    await api.createNamespacedSecret({ namespace, body });
  }
}

export async function selfSigned(hosts: readonly string[]): Promise<{ key: string; certificate: string }> {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  try {
    const names = hosts.map((host) => `DNS:${host}`).join(",");
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "key"];
    const about = [
      "-subj",
      "/CN=trial",
      "-addext",
      `subjectAltName=${names}`,
      "-days",
      String(DAYS),
      "-out",
      "certificate",
    ];
    await run("openssl", ["req", "-x509", ...key, ...about], { cwd: folder });
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    return { key: read("key"), certificate: read("certificate") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
