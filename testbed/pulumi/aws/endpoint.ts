import { readConnection } from "../kubernetes/cluster/kubeconfig.ts";
import { readPem } from "../kubernetes/cluster/credentials.ts";
import type { Fields } from "../provider/values/value.ts";

/** Names the kubeconfig, by its path, of the cluster that stands for the one that EKS would make. */
export const CLUSTER_VARIABLE = "MESH_EKS_KUBECONFIG";

/** Where the API server of a new cluster is, and by which authority it is certified. Without a cluster given, nothing answers there. */
export function endpointOf({ random, region }: { random: string; region: string }): Fields {
  const kubeconfig = process.env[CLUSTER_VARIABLE];
  if (!kubeconfig) {
    return {
      endpoint: `https://${random.toUpperCase()}.gr7.${region}.eks.amazonaws.com`,
      certificateAuthority: { data: Buffer.from("a certificate of the stand-in").toString("base64") },
    };
  }
  const { cluster } = readConnection({ kubeconfig });
  const certificate = readPem(cluster, "certificate-authority")?.toString("base64");
  return { endpoint: cluster.server, certificateAuthority: { data: certificate ?? "" } };
}
