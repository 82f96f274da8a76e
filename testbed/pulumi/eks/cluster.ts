import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import { Cluster as AwsCluster } from "@pulumi/aws/eks/cluster.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { clusterAddon, VpcCniAddon } from "./addons.ts";
import { readArguments, type ClusterArguments } from "./arguments.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { ServiceRole } from "./serviceRole.ts";

const AUTO_MODE_POLICIES = [
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];

/** `eks.Cluster` as far as this project uses it: the same children under the same names, and the outputs that they give. */
export class Cluster extends pulumi.ComponentResource {
  /** What the program gets. */
  readonly outputs: pulumi.Inputs;

  constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) {
    super("eks:index:Cluster", name, inputs, opts);
    const args = readArguments(inputs);
    const nodeRole = autoModeRole(name, args, this);
    const cluster = controlPlane(name, args, nodeRole, this);
    const entries = accessEntries(name, args, cluster, this);
    addons(name, args, cluster, entries, this);

    const kubeconfig = pulumi
      .all([cluster.name, cluster.endpoint, cluster.certificateAuthority, cluster.arn, args.providerCredentialOpts])
      .apply(([clusterName, endpoint, { data }, arn, credentials]) =>
        kubeconfigOf({ name: clusterName, endpoint, certificate: data, region: arn.split(":")[3] ?? "", credentials }),
      );
    const kubeconfigJson = pulumi.jsonStringify(kubeconfig);
    const provider = new Provider(`${name}-eks-k8s`, { kubeconfig: kubeconfigJson }, { parent: this });

    const { vpcId, publicSubnetIds, privateSubnetIds } = args;
    const subnetIds = cluster.vpcConfig.subnetIds;
    const autoModeNodeRoleName = nodeRole?.role.name ?? "";
    const core = { cluster, vpcId, subnetIds, publicSubnetIds, privateSubnetIds, endpoint: cluster.endpoint, provider };
    this.outputs = {
      ...{ kubeconfig, kubeconfigJson, eksCluster: cluster, instanceRoles: [], autoModeNodeRoleName },
      core: { ...core, kubeconfig, instanceRoles: [], autoModeNodeRoleName },
      clusterSecurityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
      ...{ nodeSecurityGroupId: "", clusterIngressRuleId: "", defaultNodeGroupAsgName: "" },
      ...{ fargateProfileId: "", fargateProfileStatus: "", oidcProviderArn: "", oidcProviderUrl: "" },
      oidcIssuer: cluster.identities.apply((identities) =>
        (identities[0]?.oidcs[0]?.issuer ?? "").replace(/^https:\/\//, ""),
      ),
    };
    this.registerOutputs(this.outputs);
  }
}

/** In Auto Mode EKS starts nodes itself: they need a role. */
function autoModeRole(name: string, { autoMode }: ClusterArguments, parent: Cluster): ServiceRole | undefined {
  if (!autoMode?.enabled || autoMode.createNodeRole === false) return undefined;
  const policies = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];
  const role = { service: "ec2.amazonaws.com", actions: ["sts:AssumeRole"], policies };
  return new ServiceRole(`${name}-nodeRole`, role, { parent });
}

function controlPlane(
  name: string,
  args: ClusterArguments,
  nodeRole: ServiceRole | undefined,
  parent: Cluster,
): AwsCluster {
  const isAuto = args.autoMode?.enabled ?? false;
  const role = new ServiceRole(
    `${name}-eksRole`,
    {
      service: "eks.amazonaws.com",
      description: "Allows EKS to manage clusters on your behalf.",
      policies: ["AmazonEKSClusterPolicy", ...(isAuto ? AUTO_MODE_POLICIES : [])],
      actions: ["sts:AssumeRole", "sts:TagSession"],
    },
    { parent },
  );
  const subnetIds = pulumi
    .all([args.subnetIds ?? [], args.publicSubnetIds ?? [], args.privateSubnetIds ?? []])
    .apply((lists) => lists.flat());
  const { endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs, encryptionConfigKeyArn: keyArn } = args;
  return new AwsCluster(
    `${name}-eksCluster`,
    pruned({
      name: args.name,
      version: args.version,
      roleArn: role.role.arn,
      vpcConfig: pruned({ subnetIds, endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs }),
      encryptionConfig: keyArn && { provider: { keyArn }, resources: ["secrets"] },
      accessConfig: {
        authenticationMode: args.authenticationMode,
        bootstrapClusterCreatorAdminPermissions: true,
      },
      bootstrapSelfManagedAddons: isAuto ? false : (args.bootstrapSelfManagedAddons ?? true),
      enabledClusterLogTypes: args.enabledClusterLogTypes,
      upgradePolicy: args.upgradePolicy,
      deletionProtection: args.deletionProtection,
      ...(isAuto && {
        computeConfig: pulumi
          .all([args.autoMode?.computeConfig, nodeRole?.role.arn])
          .apply(([config, nodeRoleArn]) =>
            pruned({ enabled: true, nodeRoleArn, nodePools: ["general-purpose", "system"], ...config }),
          ),
        storageConfig: { blockStorage: { enabled: true } },
      }),
      kubernetesNetworkConfig: networkConfig(args, isAuto),
      tags: pulumi
        .all([args.clusterTags, args.tags])
        .apply(([clusterTags, tags]) => ({ Name: `${name}-eksCluster`, ...clusterTags, ...tags })),
    }) as unknown as ConstructorParameters<typeof AwsCluster>[1],
    {
      parent,
      ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
      dependsOn: [role.complete, ...(nodeRole ? [nodeRole.complete] : [])],
    },
  );
}

function networkConfig(args: ClusterArguments, isAuto: boolean) {
  const { kubernetesServiceIpAddressRange: range, ipFamily: given } = args;
  if (range === undefined && given === undefined && !isAuto) return undefined;
  const elasticLoadBalancing = isAuto ? { enabled: true } : undefined;
  return pulumi.all([range, given]).apply(([serviceIpv4Cidr, ipFamily = "ipv4"]) =>
    pruned({
      ipFamily,
      serviceIpv4Cidr: ipFamily === "ipv4" ? serviceIpv4Cidr : undefined,
      elasticLoadBalancing,
    }),
  );
}

/** Who may talk to the API server, and what about. */
function accessEntries(name: string, args: ClusterArguments, cluster: AwsCluster, parent: Cluster): AccessEntry[] {
  return Object.entries(args.accessEntries ?? {}).map(([key, { accessPolicies, ...entry }]) => {
    const { principalArn, type, username, kubernetesGroups, tags } = entry;
    const made = new AccessEntry(
      `${name}-${key}`,
      pruned({ clusterName: cluster.name, principalArn, type, userName: username, kubernetesGroups, tags }),
      { parent, dependsOn: [cluster] },
    );
    for (const [policy, association] of Object.entries(
      (accessPolicies ?? {}) as Record<string, pulumi.Input<Access>>,
    )) {
      const { policyArn, accessScope } = pulumi.output(association);
      const policyArgs = { clusterName: cluster.name, principalArn, policyArn, accessScope };
      new AccessPolicyAssociation(`${name}-${key}-${policy}`, policyArgs, { parent: made, dependsOn: [made] });
    }
    return made;
  });
}

interface Access {
  readonly policyArn: string;
  readonly accessScope: { readonly type: string; readonly namespaces?: string[] };
}

function addons(name: string, args: ClusterArguments, cluster: AwsCluster, entries: AccessEntry[], parent: Cluster) {
  const { kubeProxyAddonOptions: proxy, corednsAddonOptions: dns, vpcCniOptions: cni, tags } = args;
  const isAuto = args.autoMode?.enabled ?? false;
  if (proxy?.enabled ?? !isAuto) {
    const options = { ...proxy, configuration: proxy?.configurationValues, tags };
    clusterAddon(`${name}-kube-proxy`, "kube-proxy", cluster, options, { parent });
  }
  if (args.useDefaultVpcCni === undefined ? !isAuto : !args.useDefaultVpcCni) {
    const { addonVersion: version, enableNetworkPolicy, configurationValues, ...conflicts } = cni ?? {};
    const configuration = pulumi
      .all([enableNetworkPolicy, configurationValues])
      .apply(([policy, values]) => pruned({ enableNetworkPolicy: policy?.toString(), ...values }));
    const options = { ...conflicts, version, configuration, tags };
    new VpcCniAddon(`${name}-vpc-cni`, cluster, options, { parent, dependsOn: entries });
  }
  if (dns?.enabled ?? isAuto) {
    const options = { ...dns, configuration: dns?.configurationValues, tags };
    clusterAddon(`${name}-coredns`, "coredns", cluster, options, { parent });
  }
}

/** Without what has no value. */
function pruned<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
