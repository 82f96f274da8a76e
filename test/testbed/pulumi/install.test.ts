import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installStandIns } from "../../../testbed/pulumi/install";

const folder = join(mkdtempSync(join(tmpdir(), "install-")), "it's a folder");
const executables = () => readdirSync(folder).filter((name) => !name.endsWith(".cjs"));

beforeAll(() => installStandIns(folder, { language: true, kubernetes: true, aws: true }), 120_000);
afterAll(() => {
  rmSync(join(folder, ".."), { recursive: true });
});

test.each(["pulumi-language-nodejs", "pulumi-resource-kubernetes", "pulumi-resource-aws", "pulumi-resource-eks"])(
  "%s prints its port, and ends with its input",
  async (executable) => {
    const plugin = spawn(join(folder, executable), ["127.0.0.1:1"]);
    const [printed] = (await once(plugin.stdout, "data")) as [Buffer];
    expect(printed.toString()).toMatch(/^\d+\n$/);
    plugin.stdin.end();
    expect(await once(plugin, "exit")).toEqual([0, null]);
  },
);

describe("the aws program", () => {
  const aws = (args: string[], kubeconfig = "") =>
    spawnSync(join(folder, "aws"), args, {
      env: { ...process.env, MESH_EKS_KUBECONFIG: kubeconfig },
      encoding: "utf8",
    });
  const token = ["--region", "eu-west-1", "eks", "get-token", "--cluster-name", "mesh", "--output", "json"];

  test.each([
    [{ token: "t0ken" }, { token: "t0ken" }],
    [
      { "client-certificate-data": "Y2VydA==", "client-key-data": "a2V5" },
      { clientCertificateData: "cert", clientKeyData: "key" },
    ],
  ])("shows the credentials of the cluster that was given: %j", (user, status) => {
    const file = join(folder, "..", "kubeconfig");
    const context = { cluster: "c", user: "u" };
    const config = {
      clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
      ...{ users: [{ name: "u", user }], contexts: [{ name: "x", context }], "current-context": "x" },
    };
    writeFileSync(file, JSON.stringify(config));
    expect(JSON.parse(aws(token, file).stdout)).toMatchObject({ kind: "ExecCredential", status });
  });

  test.each([
    ["no cluster was given", token, "MESH_EKS_KUBECONFIG"],
    ["it is asked for anything else", ["s3", "ls"], "eks get-token"],
  ])("fails where %s", (_, args, message) => {
    const { status, stderr } = aws(args);
    expect([status, stderr]).toEqual([252, expect.stringContaining(message)]);
  });
});

test("takes away what is not asked for any more", async () => {
  expect(executables()).toEqual([
    ...["aws", "pulumi-language-nodejs", "pulumi-resource-aws", "pulumi-resource-eks", "pulumi-resource-kubernetes"],
  ]);
  await installStandIns(folder, { kubernetes: true });
  expect(readdirSync(folder)).toEqual(["pulumi-resource-kubernetes", "pulumi-resource-kubernetes.cjs"]);
});
