import { pathText, type Problem } from "../../../lib/schema/problems.ts";
import type { Access } from "./access.ts";
import { isClusterAdmin } from "./choices.ts";

/** Who runs the program, and as whom the cluster is entered. */
export interface Entrance {
  readonly access: Readonly<Record<string, Access>>;
  readonly kubeconfigRole?: string;
}

/** An identity, as STS tells it: of a role it says the name, not the path. */
interface Caller {
  readonly arn: string;
  /** Of a role that was taken. */
  readonly role?: string;
  /** Whether an entry may name it: sessions of other kinds, and the account's root, are nobody to EKS. */
  readonly mayHaveEntry: boolean;
}

export function callerOf(arn: string): Caller {
  const [, role] = /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role !== undefined) return { arn, role, mayHaveEntry: true };
  return { arn, mayHaveEntry: /^arn:[^:]+:iam::\d+:(role|user)\//.test(arn) };
}

function isSame({ arn, role }: Caller, principal: string): boolean {
  if (role === undefined) return principal === arn;
  const [, partition, , , account] = arn.split(":");
  return principal.startsWith(`arn:${partition ?? ""}:iam::${account ?? ""}:role/`) && principal.endsWith(`/${role}`);
}

/**
 * What keeps whoever runs the program out of the cluster that it makes, with the entry that lets them in.
 *
 * @param caller ARN of the identity, as STS tells it
 * @param principal ARN of the caller's role with its path, where IAM tells it
 */
export function entranceProblem(
  caller: string,
  { access, kubeconfigRole }: Entrance,
  principal?: string,
): (Pick<Problem, "reason"> & { readonly path: string }) | undefined {
  // Whoever may take that role comes in as it, and the settings see to it that it is an admin.
  if (kubeconfigRole !== undefined) return undefined;
  const who = callerOf(caller);
  const place = (name: string) => pathText(["cluster", "eks", "access", name]);
  const otherWay =
    "or name an admin whose role you may take as mesh:cluster.eks.kubeconfigRole, so that all is done as that one";
  const entries = Object.entries(access).filter(([, entry]) => isSame(who, entry.principal));
  if (entries.some(([, entry]) => isClusterAdmin(entry))) return undefined;
  const [[own] = []] = entries;
  if (own !== undefined) {
    const reason = `is ${caller}, which runs this program, and must be a cluster-admin without namespaces: it makes all that is in the cluster; ${otherWay}`;
    return { path: place(own), reason };
  }
  if (!who.mayHaveEntry) {
    const reason = `cannot let in ${caller}, which runs this program: only roles and users have an entry; take one that is an admin, ${otherWay}`;
    return { path: pathText(["cluster", "eks", "access"]), reason };
  }
  const entry = `{ principal: ${JSON.stringify(principal ?? guessed(who))}, level: cluster-admin }`;
  const reason = `is missing: ${caller} runs this program, and nobody gets in who is not named; write there ${entry}, ${otherWay}`;
  return { path: place(freeName(who, access)), reason };
}

/** The principal of a caller of whom IAM says no more. */
function guessed({ arn, role }: Caller): string {
  if (role === undefined) return arn;
  // Those of IAM Identity Center have a path, and with it the region of its home.
  if (role.startsWith("AWSReservedSSO_")) return `<as \`aws iam get-role --role-name ${role} --query Role.Arn\` says>`;
  const [, partition = "", , , account = ""] = arn.split(":");
  return `arn:${partition}:iam::${account}:role/${role}`;
}

/** A name for the entry that is not taken. */
function freeName({ arn, role }: Caller, access: Entrance["access"]): string {
  const own = (role ?? arn.split("/").at(-1) ?? "").replace(/^AWSReservedSSO_(.+)_[0-9a-f]+$/, "$1");
  const name =
    own
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replace(/^-/, "")
      .slice(0, 50)
      .replace(/-$/, "") || "deployer";
  const names = [name, ...Array.from({ length: Object.keys(access).length }, (_, index) => `${name}-${index + 2}`)];
  return names.find((each) => !Object.hasOwn(access, each)) ?? name;
}
