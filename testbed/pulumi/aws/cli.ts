// What stands for the `aws` program where the AWS plugin is stood in for: it says who we are on the cluster that was given.
import { readConnection } from "../kubernetes/cluster/kubeconfig.ts";
import { Credentials } from "../kubernetes/cluster/credentials.ts";
import { CLUSTER_VARIABLE } from "./endpoint.ts";

async function main(): Promise<void> {
  if (!/ eks get-token( |$)/.test(` ${process.argv.slice(2).join(" ")}`)) {
    throw new Error("this aws program is the testbed's stand-in and answers `aws eks get-token` alone");
  }
  const kubeconfig = process.env[CLUSTER_VARIABLE];
  if (!kubeconfig) throw new Error(`no cluster was given: ${CLUSTER_VARIABLE} names no kubeconfig`);
  const { token, cert, key } = await new Credentials(readConnection({ kubeconfig }).user).identity();
  const status = { token, clientCertificateData: cert?.toString(), clientKeyData: key?.toString() };
  console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1beta1", kind: "ExecCredential", status }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 252;
});
