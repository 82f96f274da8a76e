import { z } from "zod";
import awsData from "../components/cluster/eks/aws.json" with { type: "json" };
import { wholeText } from "../lib/javaPattern.ts";
import * as field from "../lib/schema/fields.ts";
import { pathText, problemsOf, type Problem } from "../lib/schema/problems.ts";
import { upTo } from "../components/cluster/eks/schema/arns.ts";

const { lengths, patterns } = awsData;

/** Key of the AWS provider under which a stack file says the tags of all resources. */
export const DEFAULT_TAGS = "aws:defaultTags";

/** The most tags that the program itself gives to a resource: a subnet has them. */
export const mostOwnTags = 3;

/** The most that a stack file can add, since AWS takes no more in all. */
const MOST = lengths.iam.tagListType - mostOwnTags;

/** The tag by which the program names what it makes. */
const NAME = "Name";

// IAM has the narrowest rules, and every stack has roles.
const characters = "letters, digits, blanks and _ . : / = + - @ alone";

const key = upTo(
  lengths.iam.tagKeyType,
  wholeText(patterns.iam.tagKeyType),
  `must have ${characters}, and one of them at least`,
)
  .refine((name) => !/^aws:/i.test(name), {
    error: "must not be AWS's: AWS keeps those that begin with aws: for itself; choose another one",
  })
  .refine((name) => name === NAME || name.toLowerCase() !== NAME.toLowerCase(), {
    error: `must not be ${NAME} in other letters: all that the program makes has that tag, and IAM does not tell the two apart; choose another one`,
  });

/** Numbers, and true and false, are sent as texts. */
const value = z
  .union([z.string(), z.number(), z.boolean()], { error: "must be a text" })
  .refine((text) => wholeText(patterns.iam.tagValueType).test(String(text)), { error: `must have ${characters}` })
  .refine((text) => String(text).length <= lengths.iam.tagValueType, {
    error: `must have at most ${lengths.iam.tagValueType} characters, which is AWS's limit`,
  });

const tags = field
  .named(key, value, "names of tags to their values")
  .refine((all) => Object.keys(all).length <= MOST, {
    error: `must have at most ${MOST} tags: AWS takes ${lengths.iam.tagListType} for each resource, and the program has up to ${mostOwnTags} of its own`,
    ...field.always,
  })
  .superRefine((all, context) => {
    const first = new Map<string, string>();
    for (const name of Object.keys(all)) {
      const other = first.get(name.toLowerCase());
      const message = `has a wrong name: it is ${other ?? ""} in other letters, and IAM does not tell the two apart; leave one of them out`;
      if (other !== undefined) context.addIssue({ code: "custom", path: [name], message });
      first.set(name.toLowerCase(), name);
    }
  }, field.always);

const schema = field.section({ tags: tags.exactOptional() });

/** What is wrong with the tags of all resources. */
export function defaultTagProblems(defaultTags: unknown): Problem[] {
  if (defaultTags === undefined) return [];
  const { error } = schema.safeParse(defaultTags);
  return problemsOf(error?.issues ?? [], defaultTags, "setting").map(({ path, reason }) => ({
    path: `aws:${pathText(["defaultTags", ...path])}`,
    reason,
  }));
}
