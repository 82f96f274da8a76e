import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { AwsPlugin } from "../../../../testbed/pulumi/aws/plugin";
import { AwsUnderTest } from "./awsUnderTest";
import { endpointOf } from "../../../../testbed/pulumi/aws/endpoint";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the plugin", () => {
  it("does not work without a region", () => {
    vi.stubEnv("AWS_REGION", "");
    vi.stubEnv("AWS_DEFAULT_REGION", "");
    expect(() => {
      new AwsPlugin().configure({});
    }).toThrow("aws:region");
  });

  it("says which type it lacks, and where types are added", () => {
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    expect(() => plugin.resourceOf("aws:s3/bucket:Bucket")).toThrow(
      "aws:s3/bucket:Bucket in its table (testbed/pulumi/aws/types)",
    );
  });

  it("makes nothing without a folder to keep it in", async () => {
    const aws = new AwsUnderTest();
    aws.remove();
    vi.stubEnv("MESH_AWS_ACCOUNT", "");
    await expect(aws.create("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.0.0.0/16" })).rejects.toThrow(
      "MESH_AWS_ACCOUNT",
    );
  });

  it.each([
    ["aws:index/getPartition:getPartition", { partition: "aws", dnsSuffix: "amazonaws.com" }],
    ["aws:index/getRegion:getRegion", { name: "eu-west-1" }],
    ["aws:index/getCallerIdentity:getCallerIdentity", { accountId: "123456789012" }],
    ["aws:index/getAvailabilityZones:getAvailabilityZones", { names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }],
  ])("answers %s", async (token, answer) => {
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    expect(await plugin.invoke(token, {})).toMatchObject(answer);
  });

  it.each([
    ["", "arn:aws:iam::123456789012:user/stand-in", "123456789012"],
    ["arn:aws:iam::111122223333:role/teams/ci", "arn:aws:sts::111122223333:assumed-role/ci/stand-in", "111122223333"],
    ["arn:aws:iam::111122223333:user/me", "arn:aws:iam::111122223333:user/me", "111122223333"],
    ["arn:aws-cn:iam::111122223333:root", "arn:aws-cn:iam::111122223333:root", "111122223333"],
  ])("tells who calls as STS does: %s", async (chosen, arn, accountId) => {
    vi.stubEnv("MESH_AWS_CALLER", chosen);
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    expect(await plugin.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({ arn, accountId });
  });

  it("refuses a function that it does not know", () => {
    const plugin = new AwsPlugin();
    plugin.configure({ region: "eu-west-1" });
    expect(() => plugin.invoke("aws:ec2/getAmi:getAmi", {})).toThrow("does not answer aws:ec2/getAmi:getAmi");
  });
});

describe("a new cluster answers at", () => {
  const folder = mkdtempSync(join(tmpdir(), "endpoint-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("the address of the cluster that was given", () => {
    const file = join(folder, "kubeconfig");
    const authority = Buffer.from("authority").toString("base64");
    const cluster = { server: "https://127.0.0.1:6443", "certificate-authority-data": authority };
    const context = { cluster: "c", user: "u" };
    writeFileSync(
      file,
      JSON.stringify({
        clusters: [{ name: "c", cluster }],
        contexts: [{ name: "x", context }],
        "current-context": "x",
      }),
    );
    vi.stubEnv("MESH_EKS_KUBECONFIG", file);
    expect(endpointOf({ random: "0a", region: "eu-west-1" })).toEqual({
      endpoint: "https://127.0.0.1:6443",
      certificateAuthority: { data: authority },
    });
  });

  it("an address of EKS's form where none was given", () => {
    vi.stubEnv("MESH_EKS_KUBECONFIG", "");
    expect(endpointOf({ random: "0a", region: "eu-west-1" }).endpoint).toBe(
      "https://0A.gr7.eu-west-1.eks.amazonaws.com",
    );
  });
});
