import awsData from "../../../../components/cluster/eks/aws.json" with { type: "json" };
import { problem, type AwsType } from "./type.ts";
import { arnOf } from "./networkParts.ts";

const { lengths } = awsData;

const KEY = "aws:kms/key:Key";

/** For how many days CloudWatch keeps a log; 0 is for ever. */
const RETENTIONS = [
  ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

/** Keys and logs. */
export const recordTypes: Readonly<Record<string, AwsType>> = {
  [KEY]: {
    title: "KMS Key",
    makes: "CreateKey",
    // As KMS writes its keys: a UUID.
    id: (_, { random }) =>
      `${random.slice(0, 8)}-${random.slice(8, 12)}-4${random.slice(12, 15)}-8${random.slice(14)}-${random.slice(0, 12)}`,
    problems: ({ deletionWindowInDays: days }) =>
      typeof days === "number" && (days < 7 || days > 30)
        ? [problem("deletionWindowInDays", `expected deletion_window_in_days to be in the range (7 - 30), got ${days}`)]
        : [],
    lengths: { description: lengths.kms.DescriptionType },
    fixed: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId"],
    defaults: { keyUsage: "ENCRYPT_DECRYPT", customerMasterKeySpec: "SYMMETRIC_DEFAULT", isEnabled: true },
    outputs: (_, id, birth) => ({ arn: arnOf("kms", birth, `key/${id}`), keyId: id }),
  },
  "aws:kms/alias:Alias": {
    title: "KMS Alias",
    makes: "CreateAlias",
    id: ({ name }) => name,
    required: ["targetKeyId"],
    conflicts: [["name", "namePrefix"]],
    problems: ({ name }) =>
      typeof name !== "string" || /^alias\/[\w/-]+$/.test(name)
        ? []
        : [problem("name", `"name" must begin with 'alias/' and be comprised of only [a-zA-Z0-9/_-]`)],
    lengths: { name: lengths.kms.AliasNameType },
    fixed: ["name", "namePrefix"],
    references: [{ path: "targetKeyId", type: KEY, missing: "NotFoundException" }],
    outputs: ({ name, targetKeyId }, _, birth) => ({
      arn: arnOf("kms", birth, name),
      targetKeyArn: arnOf("kms", birth, `key/${targetKeyId}`),
    }),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    title: "CloudWatch Logs Log Group",
    makes: "CreateLogGroup",
    id: ({ name }) => name,
    conflicts: [["name", "namePrefix"]],
    values: { retentionInDays: RETENTIONS },
    fixed: ["name", "namePrefix", "logGroupClass"],
    autoname: { property: "name" },
    lengths: { name: lengths.logs.LogGroupName },
    defaults: { logGroupClass: "STANDARD", retentionInDays: 0 },
    outputs: ({ name }, _, birth) => ({ arn: arnOf("logs", birth, `log-group:${name}`) }),
  },
};
