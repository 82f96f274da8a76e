import awsData from "../../../../components/cluster/eks/aws.json" with { type: "json" };
import { wholeText } from "../../../../lib/javaPattern.ts";
import type { CheckFailure } from "../../provider/resource.ts";
import { apiError } from "../errors.ts";
import { jsonProblems, problem, type AwsType, type Birth, type Reference } from "./type.ts";

const { lengths, patterns } = awsData;

export const ROLE = "aws:iam/role:Role";

/** Inline policies of a role may have so many characters in all, white space not counted. */
const LONGEST_INLINE_POLICY = 10_240;
/** A managed policy may have so many. */
const LONGEST_POLICY = 6_144;

/** IAM knows no regions. */
const iamArn = ({ accountId }: Birth, resource: string): string => `arn:aws:iam::${accountId}:${resource}`;

const ofRole: Reference = { path: "role", type: ROLE, by: "name", missing: "NoSuchEntity", holds: "DeleteConflict" };

/** Who may do what: roles and their policies. */
export const identityTypes: Readonly<Record<string, AwsType>> = {
  [ROLE]: {
    title: "IAM Role",
    makes: "CreateRole",
    id: ({ name }) => name,
    required: ["assumeRolePolicy"],
    conflicts: [["name", "namePrefix"]],
    problems: ({ assumeRolePolicy, permissionsBoundary }) => [
      ...jsonProblems("assumeRolePolicy", assumeRolePolicy, "JSON policy"),
      ...arnProblems("permissionsBoundary", permissionsBoundary),
    ],
    beforeCreate: ({ path }) => {
      mustBePath("CreateRole", path);
    },
    fixed: ["name", "namePrefix", "path"],
    autoname: { property: "name", longest: 64 },
    lengths: {
      name: lengths.iam.roleNameType,
      path: lengths.iam.pathType,
      description: lengths.iam.roleDescriptionType,
      permissionsBoundary: lengths.iam.arnType,
    },
    defaults: { path: "/", maxSessionDuration: 3600 },
    outputs: ({ name, path = "/" }, _, birth) => ({
      arn: iamArn(birth, `role${path}${name}`),
      uniqueId: `AROA${birth.random.toUpperCase()}`,
    }),
  },
  "aws:iam/policy:Policy": {
    title: "IAM Policy",
    makes: "CreatePolicy",
    id: ({ name, path = "/" }, birth) => iamArn(birth, `policy${path}${name}`),
    required: ["policy"],
    conflicts: [["name", "namePrefix"]],
    problems: ({ policy }) => jsonProblems("policy", policy, "JSON policy"),
    fixed: ["name", "namePrefix", "path", "description"],
    autoname: { property: "name" },
    lengths: { name: lengths.iam.policyNameType, path: lengths.iam.pathType },
    defaults: { path: "/" },
    outputs: (_, id) => ({ arn: id, attachmentCount: 0 }),
    beforeCreate: ({ path, policy }) => {
      mustBePath("CreatePolicy", path);
      mustBeShort("aws:iam/policy:Policy", "CreatePolicy", policy, LONGEST_POLICY);
    },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    title: "IAM Role Policy",
    makes: "PutRolePolicy",
    id: ({ role, name }) => `${role}:${name}`,
    required: ["role", "policy"],
    conflicts: [["name", "namePrefix"]],
    problems: ({ policy }) => jsonProblems("policy", policy, "JSON policy"),
    fixed: ["role", "name", "namePrefix"],
    autoname: { property: "name" },
    lengths: { name: lengths.iam.policyNameType },
    references: [ofRole],
    beforeCreate: ({ policy }) => {
      mustBeShort(ROLE, "PutRolePolicy", policy, LONGEST_INLINE_POLICY);
    },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    title: "IAM Role Policy Attachment",
    makes: "AttachRolePolicy",
    id: ({ role, policyArn }) => `${role}/${policyArn}`,
    required: ["role", "policyArn"],
    problems: ({ policyArn }) => arnProblems("policyArn", policyArn),
    references: [ofRole],
  },
};

function arnProblems(property: string, arn: unknown): CheckFailure[] {
  if (typeof arn !== "string" || arn.startsWith("arn:")) return [];
  return [problem(property, `"${property}" (${arn}) is an invalid ARN: arn: invalid prefix`)];
}

function mustBePath(action: string, path: string | undefined): void {
  if (path === undefined || wholeText(patterns.iam.pathType).test(path)) return;
  const message =
    "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.";
  throw apiError(ROLE, action, "ValidationError", message);
}

function mustBeShort(type: string, action: string, policy: string, longest: number): void {
  if (policy.replaceAll(/\s/g, "").length <= longest) return;
  throw apiError(type, action, "LimitExceeded", `Maximum policy size of ${longest} bytes exceeded`);
}
