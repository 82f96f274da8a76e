// The program that stands on PATH as `helm` in the tests: it writes down how it was called, and does what the test has planned.
import { appendFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";
import type { HelmCall, HelmPlan } from "./fakeHelm.ts";

const folder = process.env.FAKE_HELM ?? "";
const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as HelmPlan;
const args = process.argv.slice(2);
const command = args[0] ?? "";
const kubeconfig = JSON.parse(readFileSync(process.env.KUBECONFIG ?? "", "utf8")) as Fields;
const server: string = kubeconfig.clusters[0].cluster.server;

const valueOf = (flag: string): string => args[args.indexOf(flag) + 1] ?? "";
const name = command === "install" || command === "uninstall" ? (args[1] ?? "") : (args[2] ?? "");
const namespace = valueOf("--namespace");
const secrets = `${server}/api/v1/namespaces/${namespace}/secrets`;

function writeDown(): void {
  const files = args.filter((arg) => arg.startsWith("/") && existsSync(arg) && statSync(arg).isFile());
  const call: HelmCall = {
    args,
    files: Object.fromEntries(files.map((file) => [file, readFileSync(file, "utf8")])),
    modes: files.map((file) => (statSync(file).mode & 0o777).toString(8)),
    cache: process.env.KUBECACHEDIR ?? "",
  };
  appendFileSync(join(folder, "calls.jsonl"), `${JSON.stringify(call)}\n`);
}

async function revisions(): Promise<Fields[]> {
  const selector = encodeURIComponent(`owner=helm,name=${name}`);
  return ((await (await fetch(`${secrets}?labelSelector=${selector}`)).json()) as Fields).items;
}

async function store(status: string): Promise<void> {
  const version = (await revisions()).length + 1;
  const valueFiles = args.filter((_, index) => args[index - 1] === "--values" && args[index]?.endsWith(".json"));
  const config = valueFiles.map((file) => JSON.parse(readFileSync(file, "utf8")) as Fields).at(-1);
  const chart = { metadata: plan.chart ?? { name: "gateway", version: "1.0.0", appVersion: "1.0.0" } };
  const release = { name, namespace, version, info: { status }, chart, config, manifest: plan.manifest ?? "" };
  const body = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: `sh.helm.release.v1.${name}.v${version}`,
      namespace,
      labels: { owner: "helm", name, version: String(version), status },
    },
    data: { release: Buffer.from(gzipSync(JSON.stringify(release)).toString("base64")).toString("base64") },
  };
  await fetch(`${secrets}/${body.metadata.name}?fieldManager=helm`, { method: "PATCH", body: JSON.stringify(body) });
}

async function main(): Promise<number> {
  writeDown();
  const { status, stdout = "", stderr = "", exitCode = 0, waits = false } = plan[command as "install"] ?? {};
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  if (waits) {
    await store("pending-install");
    const timer = setTimeout(() => process.exit(1), 20_000);
    await new Promise((resolve) => process.once("SIGTERM", resolve));
    clearTimeout(timer);
  }
  if (command === "uninstall") {
    for (const { metadata } of await revisions()) await fetch(`${secrets}/${metadata.name}`, { method: "DELETE" });
  }
  if (status) await store(status);
  return exitCode;
}

void main().then((code) => {
  process.exitCode = code;
});
