import type { Fields } from "../provider/values/value";
import { ACCOUNT_ID } from "./account";

/** Names the principal that makes the calls: an ARN, of a role as IAM has it. */
export const CALLER_VARIABLE = "MESH_AWS_CALLER";

/** As STS tells it: whoever has taken a role is a session of it, which leaves the role's path out. */
function caller(): string {
  const chosen = process.env[CALLER_VARIABLE];
  if (!chosen) return `arn:aws:iam::${ACCOUNT_ID}:user/stand-in`;
  const [, partition, account, role] = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(chosen) ?? [];
  return role === undefined ? chosen : `arn:${partition}:sts::${account}:assumed-role/${role}/stand-in`;
}

type AwsFunction = (args: Fields, region: string) => Fields;

/** The functions that the stand-in answers, by token. */
export const FUNCTIONS: Readonly<Record<string, AwsFunction>> = {
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (_, region) => ({ id: region, name: region, region }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => {
    const arn = caller();
    const [, , , , accountId] = arn.split(":");
    return { id: accountId, accountId, arn, userId: "AIDASTANDIN" };
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_, region) => ({
    id: region,
    names: ["a", "b", "c"].map((letter) => `${region}${letter}`),
    zoneIds: [1, 2, 3].map((number) => `${region}-az${number}`),
  }),
  "aws:eks/getAddonVersion:getAddonVersion": ({ addonName, kubernetesVersion }) => ({
    id: addonName,
    addonName,
    kubernetesVersion,
    version: "v1.0.0-eksbuild.1",
  }),
};
