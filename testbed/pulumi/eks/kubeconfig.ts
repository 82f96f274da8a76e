interface ClusterAccess {
  readonly name: string;
  readonly endpoint: string;
  /** The authority's certificate, in base64. */
  readonly certificate: string;
  readonly region: string;
  /** A profile and a role to ask with, instead of the current ones. */
  readonly credentials?: { readonly profileName?: string; readonly roleArn?: string } | undefined;
}

/** A kubeconfig without a secret: whoever uses it asks the aws program for a token. */
export function kubeconfigOf({ name, endpoint, certificate, region, credentials }: ClusterAccess) {
  const args = ["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"];
  if (credentials?.roleArn) args.push("--role", credentials.roleArn);
  if (credentials?.profileName) args.push("--profile", credentials.profileName);
  const apiVersion = "client.authentication.k8s.io/v1beta1";
  const env = [{ name: "KUBERNETES_EXEC_INFO", value: JSON.stringify({ apiVersion }) }];
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "kubernetes", cluster: { server: endpoint, "certificate-authority-data": certificate } }],
    contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
    "current-context": "aws",
    users: [{ name: "aws", user: { exec: { apiVersion, command: "aws", args, env } } }],
  };
}
