// The issuer in a pod of the cluster, as main.ts beside this file is it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Inside } from "../../e2e/insideCalls.ts";
import { imageWithNode } from "../../e2e/outsideHost.ts";

const NAMESPACE = "idp";
const labels = { app: "idp" };

/** Where it is in the cluster. The test reaches it there by a tunnel, a browser would not. */
export const idp = { namespace: NAMESPACE, service: "idp", port: 80, path: "/" } as const;
export const IDP_HOST = `idp.${NAMESPACE}.svc.cluster.local`;
export const IDP_ISSUER = `http://${IDP_HOST}`;

/** Its one client. */
export interface IdpClient {
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uris: readonly string[];
}

/**
 * Starts it; it goes with the cluster.
 * @param users their groups
 */
export async function serveIssuer(
  inside: Inside,
  client: IdpClient,
  users: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const image = await imageWithNode(inside);
  await inside.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  const folder = mkdtempSync(join(tmpdir(), "issuer-"));
  try {
    const outfile = join(folder, "issuer.cjs");
    const entry = join(import.meta.dirname, "main.ts");
    // The library files what it stores under the names of its classes.
    const small = { bundle: true, minify: true, keepNames: true } as const;
    await build({ entryPoints: [entry], outfile, ...small, platform: "node", logLevel: "error" });
    // What is applied would stand in an annotation as well, which it is too long for.
    await inside.kubectl("-n", NAMESPACE, "create", "configmap", "issuer", `--from-file=${outfile}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const environment = { ISSUER: IDP_ISSUER, CLIENT: JSON.stringify(client), USERS: JSON.stringify(users) };
  for (const object of [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: idp.service, namespace: NAMESPACE },
      spec: { selector: labels, ports: [{ name: "http", port: idp.port, targetPort: 8080 }] },
    },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "idp", namespace: NAMESPACE, labels },
      spec: {
        containers: [
          {
            name: "issuer",
            image,
            imagePullPolicy: "IfNotPresent",
            command: ["node", "/issuer/issuer.cjs"],
            env: Object.entries(environment).map(([name, value]) => ({ name, value })),
            readinessProbe: {
              httpGet: { path: "/.well-known/openid-configuration", port: 8080 },
              periodSeconds: 1,
            },
            volumeMounts: [{ name: "issuer", mountPath: "/issuer" }],
          },
        ],
        volumes: [{ name: "issuer", configMap: { name: "issuer" } }],
      },
    },
  ]) {
    await inside.apply(object);
  }
  await inside.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "pod/idp", "--timeout=60s");
}
