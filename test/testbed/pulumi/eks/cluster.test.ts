import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kubeconfigOf } from "../../../../testbed/pulumi/eks/kubeconfig.ts";
import { Cluster } from "../../../../testbed/pulumi/eks/cluster.ts";
import { readArguments } from "../../../../testbed/pulumi/eks/arguments.ts";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const ARGUMENTS = {
  ...{ name: "mesh-dev", version: "1.35", vpcId: "vpc-1", privateSubnetIds: ["subnet-a", "subnet-b"] },
  ...{ authenticationMode: "API", skipDefaultNodeGroup: true, skipDefaultSecurityGroups: true },
  ...{ endpointPrivateAccess: true, endpointPublicAccess: false, bootstrapSelfManagedAddons: false },
  vpcCniOptions: { addonVersion: "v1.22.4-eksbuild.3", enableNetworkPolicy: true },
  kubeProxyAddonOptions: { version: "v1.35.3-eksbuild.18" },
  corednsAddonOptions: { enabled: false },
};

let registered: Registered[] = [];

beforeEach(async () => {
  registered = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      registered.push({ type, name, inputs: inputs as Record<string, unknown> });
      const known = { name, arn: `arn:aws:eks:eu-west-1:1:${name}`, endpoint: "https://1.eks", version: "1.35" };
      const more = { certificateAuthority: { data: "Y2E=" }, identities: [{ oidcs: [{ issuer: "https://oidc/1" }] }] };
      return { id: `${name}-id`, state: { ...known, ...more, ...(inputs as object) } };
    },
    call: ({ token }) => (token.includes("getPartition") ? { partition: "aws" } : { version: "v9.9.9-eksbuild.9" }),
  });
});
afterEach(async () => {
  await pulumi.runtime.disconnect();
});

/** What is made, by type and name, and the outputs once all of it is. */
async function made(more: pulumi.Inputs = {}) {
  const { outputs } = new Cluster("mesh", { ...ARGUMENTS, ...more }, {});
  const resolve = (value: pulumi.Inputs) =>
    new Promise<unknown>((done) => {
      pulumi.output(value).apply(done);
    });
  const { kubeconfigJson, oidcIssuer, autoModeNodeRoleName } = outputs;
  const known = { kubeconfigJson, oidcIssuer, autoModeNodeRoleName };
  await pulumi.runtime.disconnect();
  return { names: registered.map(({ type, name }) => `${type} ${name}`).sort(), outputs: await resolve(known) };
}

const inputsOf = (name: string) => registered.find((resource) => resource.name === name)?.inputs;

describe("eks.Cluster", () => {
  it("makes the parts of the real one, under their names", async () => {
    const { names, outputs } = await made();
    expect(names).toEqual([
      "aws:eks/addon:Addon mesh-kube-proxy",
      "aws:eks/addon:Addon mesh-vpc-cni",
      "aws:eks/cluster:Cluster mesh-eksCluster",
      "aws:iam/role:Role mesh-eksRole-role",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment mesh-eksRole-4b490823",
      "eks:index:Cluster mesh",
      "eks:index:ServiceRole mesh-eksRole",
      "eks:index:VpcCniAddon mesh-vpc-cni",
      "pulumi:providers:kubernetes mesh-eks-k8s",
    ]);
    expect(outputs).toMatchObject({ oidcIssuer: "oidc/1", autoModeNodeRoleName: "" });
  });

  it("passes on what the program says of the control plane and the add-ons", async () => {
    await made();
    expect(inputsOf("mesh-eksCluster")).toMatchObject({
      name: "mesh-dev",
      vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], endpointPrivateAccess: true, endpointPublicAccess: false },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      bootstrapSelfManagedAddons: false,
      tags: { Name: "mesh-eksCluster" },
    });
    expect(
      registered.find(({ type, name }) => type.startsWith("aws:eks/addon") && name === "mesh-vpc-cni")?.inputs,
    ).toMatchObject({
      addonVersion: "v1.22.4-eksbuild.3",
      configurationValues: '{"enableNetworkPolicy":"true"}',
      preserve: true,
    });
  });

  it("takes the newest version of an add-on that is not pinned", async () => {
    await made({ kubeProxyAddonOptions: {} });
    expect(inputsOf("mesh-kube-proxy")).toMatchObject({ addonVersion: "v9.9.9-eksbuild.9" });
  });

  it("in Auto Mode has a role for nodes, EKS's own load balancers and storage, and no add-ons for them", async () => {
    const { names, outputs } = await made({
      ...{ autoMode: { enabled: true }, vpcCniOptions: undefined, kubeProxyAddonOptions: undefined },
    });
    expect(names.filter((name) => name.startsWith("aws:eks/addon"))).toEqual([]);
    expect(names).toContain("eks:index:ServiceRole mesh-nodeRole");
    expect(inputsOf("mesh-eksCluster")).toMatchObject({
      computeConfig: { enabled: true, nodePools: ["general-purpose", "system"] },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
    });
    expect(outputs).toMatchObject({ autoModeNodeRoleName: "mesh-nodeRole-role" });
  });

  it.each([
    [{}, undefined],
    [{ ipFamily: "ipv6" }, { ipFamily: "ipv6" }],
    [{ ipFamily: "ipv6", kubernetesServiceIpAddressRange: "10.100.0.0/16" }, { ipFamily: "ipv6" }],
    [{ kubernetesServiceIpAddressRange: "10.100.0.0/16" }, { ipFamily: "ipv4", serviceIpv4Cidr: "10.100.0.0/16" }],
  ])("has the IP family that it is told: %j", async (told, network) => {
    await made(told);
    expect(inputsOf("mesh-eksCluster")?.kubernetesNetworkConfig).toEqual(network);
  });

  it("gives access as the program says", async () => {
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
    const accessPolicies = { view: { policyArn, accessScope: { type: "cluster" } } };
    const { names } = await made({ accessEntries: { ci: { principalArn: "arn:aws:iam::1:role/ci", accessPolicies } } });
    expect(names).toContain("aws:eks/accessEntry:AccessEntry mesh-ci");
    expect(inputsOf("mesh-ci-view")).toMatchObject({ policyArn, principalArn: "arn:aws:iam::1:role/ci" });
  });
});

describe("arguments that the real component refuses, or the stand-in does not serve", () => {
  it.each<[wrong: pulumi.Inputs, property: string]>([
    [{ subnetIds: ["subnet-a"] }, "subnetIds"],
    [{ vpcId: undefined }, "vpcId"],
    [{ authenticationMode: "CONFIG_MAP" }, "authenticationMode"],
    [{ skipDefaultNodeGroup: false }, "skipDefaultNodeGroup"],
    [{ skipDefaultSecurityGroups: undefined }, "skipDefaultSecurityGroups"],
    [{ publicAccessCidrs: ["203.0.113.7/32"] }, "publicAccessCidrs"],
    [{ createOidcProvider: true }, "createOidcProvider"],
    [{ fargate: true }, "fargate"],
  ])("%j", (wrong, property) => {
    let errors: readonly pulumi.InputPropertyErrorDetails[] = [];
    try {
      readArguments({ ...ARGUMENTS, ...wrong });
    } catch (error) {
      ({ errors } = error as pulumi.InputPropertiesError) as { errors: pulumi.InputPropertyErrorDetails[] };
    }
    expect(errors.map(({ propertyPath }) => propertyPath)).toEqual([property]);
  });
});

describe("the kubeconfig", () => {
  const access = { name: "mesh-dev", endpoint: "https://1.eks", certificate: "Y2E=", region: "eu-west-1" };
  const execOf = (config: ReturnType<typeof kubeconfigOf>) => config.users[0]?.user.exec;

  it("asks the aws program for a token, and holds no secret", () => {
    const { command, args } = execOf(kubeconfigOf(access)) ?? {};
    expect([command, ...(args ?? [])].join(" ")).toBe(
      "aws --region eu-west-1 eks get-token --cluster-name mesh-dev --output json",
    );
  });

  it("asks as the role and profile that are wanted", () => {
    const credentials = { roleArn: "arn:aws:iam::1:role/ci", profileName: "work" };
    expect(execOf(kubeconfigOf({ ...access, credentials }))?.args.slice(-4)).toEqual([
      ...["--role", "arn:aws:iam::1:role/ci", "--profile", "work"],
    ]);
  });
});
