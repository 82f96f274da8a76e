import { describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { entranceProblem } from "../../../../components/cluster/eks/caller.ts";
import type { Access } from "../../../../components/cluster/eks/access.ts";
import { settingsProblems } from "../../../../settings/parse.ts";
import { session } from "./aws.ts";

const ACCOUNT = "111122223333";
const ROLE = `arn:aws:iam::${ACCOUNT}:role`;
const SSO = "AWSReservedSSO_Admin_0123456789abcdef";
const admin = (principal: string): Access => ({ principal, level: "cluster-admin" });
const ci = session(ACCOUNT, "ci");

describe("whoever runs the program comes in", () => {
  it.each<[who: string, caller: string, principal: string]>([
    ["a role", ci, `${ROLE}/ci`],
    ["a role with a path, which STS leaves out", ci, `${ROLE}/teams/mesh/ci`],
    ["a role of Identity Center", session(ACCOUNT, SSO), `${ROLE}/aws-reserved/sso.amazonaws.com/eu-west-1/${SSO}`],
    ["a user", `arn:aws:iam::${ACCOUNT}:user/teams/me`, `arn:aws:iam::${ACCOUNT}:user/teams/me`],
    ["a role in China", ci.replace("aws", "aws-cn"), `${ROLE}/ci`.replace("aws", "aws-cn")],
  ])("as %s", (_who, caller, principal) => {
    const access = { other: admin(`${ROLE}/other`), them: admin(principal) };
    expect(entranceProblem(caller, { access })).toBeUndefined();
  });

  it("by a role for the kubeconfig, whoever it is", () => {
    const doors = { access: { deploy: admin(`${ROLE}/deploy`) }, kubeconfigRole: `${ROLE}/deploy` };
    expect(entranceProblem(`arn:aws:iam::${ACCOUNT}:root`, doors)).toBeUndefined();
  });
});

describe("whoever runs the program does not come in", () => {
  it.each<[who: string, caller: string, principal: string]>([
    ["another role", ci, `${ROLE}/other`],
    ["a role whose name ends alike", ci, `${ROLE}/my-ci`],
    ["a role of another account", ci, "arn:aws:iam::444455556666:role/ci"],
    ["a user of a role's name", `arn:aws:iam::${ACCOUNT}:user/ci`, `${ROLE}/ci`],
    ["a role of a user's name", ci, `arn:aws:iam::${ACCOUNT}:user/ci`],
    ["a user with another path", `arn:aws:iam::${ACCOUNT}:user/a/me`, `arn:aws:iam::${ACCOUNT}:user/b/me`],
  ])("as %s", (_who, caller, principal) => {
    const problem = entranceProblem(caller, { access: { them: admin(principal) } });
    expect(problem?.path).toMatch(/^cluster\.eks\.access\.(ci|me)$/);
    expect(problem?.reason).toContain(`${caller} runs this program`);
  });

  it.each<[what: string, entry: Access]>([
    ["with a lesser level", { principal: `${ROLE}/ci`, level: "admin" }],
    ["in namespaces alone", { ...admin(`${ROLE}/ci`), namespaces: ["shop"] }],
  ])("%s, which is said of the entry that is there", (_what, entry) => {
    const problem = entranceProblem(ci, { access: { deploy: entry, other: admin(`${ROLE}/other`) } });
    expect(problem?.path).toBe("cluster.eks.access.deploy");
    expect(problem?.reason).toContain("must be a cluster-admin without namespaces");
  });

  it.each([
    ["the account's root", `arn:aws:iam::${ACCOUNT}:root`],
    ["a federated user", `arn:aws:sts::${ACCOUNT}:federated-user/me`],
  ])("as %s, who has no entry anywhere", (_who, caller) => {
    const problem = entranceProblem(caller, { access: { other: admin(`${ROLE}/other`) } });
    expect(problem?.path).toBe("cluster.eks.access");
    expect(problem?.reason).toContain("only roles and users have an entry");
  });
});

describe("the entry that lets them in", () => {
  const others = { other: admin(`${ROLE}/other`) };
  /** What the message says to write, as the stack file has it then. */
  const written = (problem: ReturnType<typeof entranceProblem>) => {
    const name = /access\.(.*)$/.exec(problem?.path ?? "")?.[1] ?? "";
    const entry = load(/\{ principal: .* level: cluster-admin \}/.exec(problem?.reason ?? "")?.[0] ?? "") as Access;
    return { [name]: entry };
  };

  it.each<[who: string, caller: string, principal: string | undefined, access: Record<string, Access>]>([
    ["a role", ci, undefined, others],
    ["a role whose path IAM tells", ci, `${ROLE}/teams/ci`, others],
    ["a role whose name is taken", ci, undefined, { ...others, ci: admin(`${ROLE}/build`) }],
    ["a role of capitals", session(ACCOUNT, "CI_Deploy"), undefined, others],
    ["a role of a long name, cut at a hyphen", session(ACCOUNT, `${"x".repeat(49)}-deployer`), undefined, others],
    [
      "one of Identity Center",
      session(ACCOUNT, SSO),
      `${ROLE}/aws-reserved/sso.amazonaws.com/eu-west-1/${SSO}`,
      others,
    ],
    ["a user", `arn:aws:iam::${ACCOUNT}:user/me@example.com`, undefined, others],
  ])("works for %s, written as the message says", (_who, caller, principal, access) => {
    const entry = written(entranceProblem(caller, { access }, principal));
    const together = { ...access, ...entry };
    expect(Object.keys(together)).toHaveLength(Object.keys(access).length + 1);
    expect(entranceProblem(caller, { access: together })).toBeUndefined();
    const eks = { access: together, autoMode: true };
    expect(settingsProblems({ "aws:region": "eu-west-1", "mesh:cluster": { eks } })).toEqual([]);
  });

  it("is to be asked of IAM where the role has a path that nobody knows", () => {
    const problem = entranceProblem(session(ACCOUNT, SSO), { access: others });
    expect(problem?.path).toBe("cluster.eks.access.admin");
    expect(problem?.reason).toContain(`aws iam get-role --role-name ${SSO} --query Role.Arn`);
  });
});
