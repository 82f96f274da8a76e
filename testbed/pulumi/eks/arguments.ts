import type * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";

/** The arguments that the stand-in serves; the engine sends plain values, and outputs where something depends on a resource. */
export type ClusterArguments = Pick<eks.ClusterArgs, (typeof SERVED)[number]>;

const SERVED = [
  ...(["name", "version", "vpcId", "subnetIds", "publicSubnetIds", "privateSubnetIds", "ipFamily"] as const),
  ...(["authenticationMode", "accessEntries", "autoMode", "bootstrapSelfManagedAddons"] as const),
  ...(["endpointPrivateAccess", "endpointPublicAccess", "publicAccessCidrs", "encryptionConfigKeyArn"] as const),
  ...(["enabledClusterLogTypes", "upgradePolicy", "deletionProtection", "kubernetesServiceIpAddressRange"] as const),
  ...(["useDefaultVpcCni", "vpcCniOptions", "kubeProxyAddonOptions", "corednsAddonOptions"] as const),
  ...(["skipDefaultNodeGroup", "skipDefaultSecurityGroups", "nodeAssociatePublicIpAddress"] as const),
  ...(["createOidcProvider", "createInstanceRole", "providerCredentialOpts", "tags", "clusterTags"] as const),
] as const;

/**
 * The arguments, if the real component would take them and the stand-in knows what it would make of them.
 * @throws pulumi.InputPropertiesError that lists what is wrong
 */
export function readArguments(inputs: pulumi.Inputs): ClusterArguments {
  const args = inputs as ClusterArguments;
  const unserved = Object.keys(inputs).filter(
    (key) => inputs[key] !== undefined && !(SERVED as readonly string[]).includes(key),
  );
  const problems: [path: string, reason: string | false | undefined][] = [
    ...unserved.map((key): [string, string] => [key, "is not served by the stand-in for the EKS plugin"]),
    [
      "subnetIds",
      args.subnetIds !== undefined &&
        (args.publicSubnetIds ?? args.privateSubnetIds) !== undefined &&
        "does not go with publicSubnetIds and privateSubnetIds: choose one way",
    ],
    ["vpcId", args.vpcId === undefined && "has to be given: the stand-in has no default VPC"],
    ["authenticationMode", args.authenticationMode !== "API" && "has to be API for the stand-in"],
    [
      "skipDefaultNodeGroup",
      args.skipDefaultNodeGroup !== true && !args.autoMode?.enabled && "has to be true for the stand-in",
    ],
    [
      "skipDefaultSecurityGroups",
      args.skipDefaultSecurityGroups !== true && !args.autoMode?.enabled && "has to be true for the stand-in",
    ],
    ["createOidcProvider", args.createOidcProvider === true && "is not served by the stand-in for the EKS plugin"],
    [
      "publicAccessCidrs",
      args.publicAccessCidrs !== undefined && args.endpointPublicAccess === false && "needs endpointPublicAccess",
    ],
  ];
  const errors = problems.flatMap(([propertyPath, reason]) => (reason ? [{ propertyPath, reason }] : []));
  if (errors.length > 0)
    throw new pulumi.InputPropertiesError({ message: "The cluster's arguments are wrong.", errors });
  return args;
}
