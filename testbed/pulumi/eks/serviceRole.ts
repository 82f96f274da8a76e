import { createHash } from "node:crypto";
import { getPartitionOutput } from "@pulumi/aws/getPartition.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import * as pulumi from "@pulumi/pulumi";

interface ServiceRoleArgs {
  /** Who takes the role on, e.g. `eks.amazonaws.com`. */
  readonly service: string;
  readonly description?: string;
  /** Names of AWS's own policies. */
  readonly policies: readonly string[];
  readonly actions: readonly string[];
  readonly tags?: pulumi.Input<Record<string, string>>;
}

/** A role for a service of AWS, with policies of AWS's own; the children are called as those of the real component. */
export class ServiceRole extends pulumi.ComponentResource {
  readonly role: Role;
  /** The role once its policies are attached. */
  readonly complete: pulumi.Output<Role>;

  constructor(name: string, args: ServiceRoleArgs, opts: pulumi.ComponentResourceOptions) {
    super("eks:index:ServiceRole", name, args, opts);
    const { service, description, policies, actions, tags } = args;
    const { partition } = getPartitionOutput({}, { parent: this });
    const statement = { Action: actions, Effect: "Allow", Principal: { Service: [service] } };
    const role = new Role(
      `${name}-role`,
      {
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
        ...(description && { description }),
        ...(tags && { tags }),
      },
      { parent: this },
    );
    const attachments = policies.map(
      (policy) =>
        new RolePolicyAttachment(
          `${name}-${suffixOf(`arn:aws:iam::aws:policy/${policy}`)}`,
          { policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`, role },
          { parent: this },
        ),
    );
    this.role = role;
    this.complete = pulumi.all([role.arn, ...attachments.map(({ id }) => id)]).apply(() => role);
    this.registerOutputs({ directRole: this.role, resolvedRole: this.complete });
  }
}

/** How the real component tells the attachments apart. */
const suffixOf = (policy: string): string => createHash("sha1").update(policy).digest("hex").slice(0, 8);
