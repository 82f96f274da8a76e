import manifest from "@pulumi/aws/package.json" with { type: "json" };
import type { Resource } from "../provider/resource.ts";
import type { Plugin } from "../provider/service.ts";
import type { Fields } from "../provider/values/value.ts";
import { Account } from "./account.ts";
import { FUNCTIONS } from "./functions.ts";
import { Managed, type Settings } from "./managed.ts";
import { TYPES } from "./types/index.ts";

const { version } = manifest;

/** Names the folder that stands for the AWS account. */
export const ACCOUNT_VARIABLE = "MESH_AWS_ACCOUNT";

/** The AWS plugin, as far as the types of its table go: nothing is made in AWS, and no credentials are needed. */
export class AwsPlugin implements Plugin {
  readonly name = "aws";
  readonly sdkVersion = version;
  readonly announcement =
    "the AWS plugin is a stand-in: nothing is made in AWS, and what AWS would answer is imitated; testbed/pulumi/README.md says how far";
  #settings: Settings | undefined;

  configure(args: Fields): void {
    const region = args.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    if (!region) throw new Error("Missing region configuration: set aws:region in the stack file");
    // Properties of a provider that are no texts arrive as JSON.
    const given = typeof args.defaultTags === "string" ? JSON.parse(args.defaultTags) : args.defaultTags;
    this.#settings = { region, defaultTags: given?.tags ?? {} };
  }

  resourceOf(token: string): Resource {
    const type = TYPES[token];
    if (!type)
      throw new Error(`the stand-in for the AWS plugin has no ${token} in its table (testbed/pulumi/aws/types)`);
    return new Managed(token, type, this.#configured(), account);
  }

  invoke(token: string, args: Fields): Promise<Fields> {
    const answer = FUNCTIONS[token];
    if (!answer) throw new Error(`the stand-in for the AWS plugin does not answer ${token}`);
    return Promise.resolve(answer(args, this.#configured().region, account));
  }

  stop(): void {
    // No call takes long enough to be ended.
  }

  #configured(): Settings {
    if (!this.#settings) throw new Error("the provider is not configured");
    return this.#settings;
  }
}

function account(): Account {
  const folder = process.env[ACCOUNT_VARIABLE];
  if (!folder)
    throw new Error(
      `the AWS plugin is a stand-in and keeps what it makes in the folder that ${ACCOUNT_VARIABLE} names: set it`,
    );
  return new Account(folder);
}
