import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { asKubeconfig, readConnection } from "../../../testbed/pulumi/kubernetes/cluster/kubeconfig.ts";

const folder = mkdtempSync(join(tmpdir(), "kubeconfigs-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const CLUSTERS = `
clusters:
  - { name: kind, cluster: { server: "https://kind", certificate-authority: pki/ca.crt } }
  - { name: eks, cluster: { server: "https://eks" } }
`;
const CONTEXTS = `
current-context: kind
contexts:
  - { name: kind, context: { cluster: kind, user: me } }
  - { name: eks, context: { cluster: eks, user: aws, namespace: shop } }
users:
  - { name: me, user: { client-certificate: pki/me.crt, client-key: /keys/me.key, tokenFile: token } }
  - { name: aws, user: { exec: { command: aws, args: [eks, get-token] } } }
`;

describe("a kubeconfig", () => {
  test("may be several files, of which the first to say something is right", () => {
    const later = "current-context: eks\nclusters:\n  - { name: kind, cluster: { server: 'https://other' } }\n";
    const paths = [file("a", CLUSTERS), file("b", CONTEXTS), file("c", later), join(folder, "missing")];
    vi.stubEnv("KUBECONFIG", paths.join(delimiter));
    const { cluster, namespace } = readConnection({});
    expect([cluster.server, namespace]).toEqual(["https://kind", "default"]);
  });

  test("has its relative paths from its own folder, and programs from PATH", () => {
    const path = file("config", CLUSTERS + CONTEXTS);
    const { cluster, user } = readConnection({ kubeconfig: path });
    expect(cluster["certificate-authority"]).toBe(join(folder, "pki", "ca.crt"));
    expect(user).toEqual({
      "client-certificate": join(folder, "pki", "me.crt"),
      "client-key": "/keys/me.key",
      tokenFile: join(folder, "token"),
    });
    expect(readConnection({ kubeconfig: path, context: "eks" }).user.exec.command).toBe("aws");
  });

  test.each([
    [{ context: "eks" }, "https://eks", "shop"],
    [{ context: "eks", namespace: "test" }, "https://eks", "test"],
    [{ cluster: "eks" }, "https://eks", "default"],
  ])("with %j means %s and %s", (args, server, namespace) => {
    const connection = readConnection({ kubeconfig: CLUSTERS + CONTEXTS, ...args });
    expect([connection.cluster.server, connection.namespace]).toEqual([server, namespace]);
  });

  test("for helm says the same", () => {
    const connection = readConnection({ kubeconfig: CLUSTERS + CONTEXTS, context: "eks" });
    expect(readConnection({ kubeconfig: asKubeconfig(connection) })).toEqual(connection);
  });

  test("that is nowhere is an error that says where it may be", () => {
    vi.stubEnv("KUBECONFIG", join(folder, "missing"));
    expect(() => readConnection({})).toThrow("there is no kubeconfig: set the provider's kubeconfig, or $KUBECONFIG");
  });
});
