import awsData from "../aws.json" with { type: "json" };
import * as field from "../../../../lib/schema/fields.ts";

const { lengths } = awsData;

/** A text that AWS takes up to a length. */
export const upTo = (longest: number, pattern: RegExp, error: string) =>
  field.text(pattern, error).max(longest, { error: `must have at most ${longest} characters, which is AWS's limit` });

/** The ARN of something in IAM. */
export const iamArn = (pattern: RegExp, error: string) => upTo(lengths.iam.arnType, pattern, error);

/** The ARN of a policy, AWS's own or an account's. */
export const policyArn = (example: string) =>
  iamArn(
    /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/,
    `must be the ARN of an IAM policy, such as ${example}`,
  );
