import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installStandIns } from "../../../testbed/pulumi/install.ts";

const root = join(mkdtempSync(join(tmpdir(), "install-")), "it's a folder");
let folder: string;

beforeAll(async () => {
  folder = await installStandIns(root, { language: true, kubernetes: true, aws: true });
}, 120_000);
afterAll(() => {
  rmSync(join(root, ".."), { recursive: true });
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

test("are where no other version of them is put, and stay there", async () => {
  expect(readdirSync(folder).filter((name) => !name.endsWith(".cjs"))).toEqual([
    ...["aws", "pulumi-language-nodejs", "pulumi-resource-aws", "pulumi-resource-eks", "pulumi-resource-kubernetes"],
  ]);
  const [one, other] = [
    await installStandIns(root, { kubernetes: true }),
    await installStandIns(root, { language: true }),
  ];
  expect([dirname(one), dirname(other), one === other]).toEqual([root, root, false]);
  expect(readdirSync(one)).toEqual(["pulumi-resource-kubernetes", "pulumi-resource-kubernetes.cjs"]);
  const bundle = join(one, "pulumi-resource-kubernetes.cjs");
  const { mtimeMs } = statSync(bundle);
  expect(await installStandIns(root, { kubernetes: true })).toBe(one);
  expect(statSync(bundle).mtimeMs).toBe(mtimeMs);
  // Nothing in it says where the checkout is.
  expect(readFileSync(bundle, "utf8")).not.toContain(join(import.meta.dirname, "../../.."));
});
