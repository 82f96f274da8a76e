import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { ExistingCluster, type ExistingClusterArgs } from "../../../components/cluster/existingCluster.ts";
import { record, the } from "../../recorder.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kubeconfig-"));
const KNOWN = /^(mesh:cluster|pulumi:providers:kubernetes)/;

const kubeconfigOf = (name: string) => `
apiVersion: v1
kind: Config
current-context: ${name}
contexts: [{ name: ${name}, context: { cluster: ${name}, user: ${name} } }]
clusters: [{ name: ${name}, cluster: { server: "https://${name}.example.com" } }]
users: [{ name: ${name}, user: { token: s3cret } }]
`;

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return file;
}

const recordCluster = (args: ExistingClusterArgs) => record(() => new ExistingCluster("cluster", args), KNOWN);

/** Server of the cluster that the provider talks to. The kubeconfig is a secret: its value is inside an envelope. */
async function serverOf(args: ExistingClusterArgs): Promise<string | undefined> {
  const { kubeconfig } = the(await recordCluster(args), "pulumi:providers:kubernetes", "cluster").inputs;
  const { value } = kubeconfig as { value: string };
  const { clusters } = JSON.parse(value) as { clusters: { cluster: { server: string } }[] };
  return clusters[0]?.cluster.server;
}

describe("ExistingCluster", () => {
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("hands the kubeconfig to the provider as a secret", async () => {
    const resources = await recordCluster({ kubeconfig: write("kind", kubeconfigOf("kind")) });
    expect(resources.map(({ type, name }) => [type, name])).toEqual([
      ["mesh:cluster:ExistingCluster", "cluster"],
      ["pulumi:providers:kubernetes", "cluster"],
    ]);
    expect(resources[1]?.inputs.kubeconfig).toMatchObject({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    });
  });

  it("looks where kubectl looks", async () => {
    vi.stubEnv("HOME", folder);
    vi.stubEnv("KUBECONFIG", "");
    write(".kube/config", kubeconfigOf("home"));
    expect(await serverOf({})).toBe("https://home.example.com");

    const files = [path.join(folder, "missing"), write("one", kubeconfigOf("one")), write("two", kubeconfigOf("two"))];
    vi.stubEnv("KUBECONFIG", files.join(path.delimiter));
    expect(await serverOf({})).toBe("https://one.example.com");
    expect(await serverOf({ context: "two" })).toBe("https://two.example.com");
    expect(await serverOf({ kubeconfig: "~/.kube/config" })).toBe("https://home.example.com");
  });

  it.each<[why: string, content: string | undefined, message: RegExp]>([
    [
      "is not there",
      undefined,
      /^the kubeconfig \S+broken does not exist; name another one in mesh:cluster\.kubeconfig/,
    ],
    ["is no YAML", "users: [s3cret", /^the kubeconfig \S+broken cannot be read as YAML$/],
    ["is empty", "", /^the kubeconfig \S+broken is empty$/],
    ["has no such context", kubeconfigOf("kind"), /^the kubeconfig \S+broken has no context lab; there are kind$/],
  ])("says so when the file %s, without its content", (_why, content, message) => {
    const file = path.join(folder, "broken");
    fs.rmSync(file, { force: true });
    if (content !== undefined) write("broken", content);
    let error: unknown;
    try {
      new ExistingCluster("cluster", { kubeconfig: file, context: "lab" });
    } catch (thrown) {
      error = thrown;
    }
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain("s3cret");
  });
});
